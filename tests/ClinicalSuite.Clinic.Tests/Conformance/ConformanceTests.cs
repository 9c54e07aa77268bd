using System.Collections.Concurrent;
using System.Globalization;
using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Conformance;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Images;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Conformance;

/// <summary>Our checker of objects against dciodvfy, the field's reference: on our own objects it is never the weaker one.</summary>
public sealed class ConformanceTests : IDisposable
{
    /// <summary>Of all mutants (a few thousand); dciodvfy takes some 30 ms for each.</summary>
    private const int Share = 250;

    /// <summary>
    /// Files of others on which the two judge differently, and why ours is right or no worse. Whatever is not listed agrees: both find
    /// errors, or neither does.
    /// </summary>
    private static readonly Dictionary<string, string> KnownDifferences = new()
    {
        ["corrupt/GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm"] = "dciodvfy cannot read the mixed byte order; the values are sound",
        ["corrupt/GH220.dcm"] = "a SOP class without tables: dciodvfy calls that an error, ours warns",
        ["corrupt/badVR.dcm"] = "dciodvfy dies of it; type 2 attributes are absent and a UID has letters",
        ["malformed/files/MR_small-bits7.dcm"] = "HighBit 15 beside BitsStored 6",
    };

    private static readonly VolumeGeometry LiverGrid = new(
        8, 6, 3, new Point3(-10, -20, 30), new Point3(0.8, 0, 0), new Point3(0, 0.8, 0), new Point3(0, 0, 1.5));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Our_objects_have_no_error()
    {
        foreach (var (name, content) in OwnObjects())
        {
            Assert.Equal([], Errors(DicomFile.Open(content)).Select(error => $"{name}: {error}"));
        }
    }

    [Fact]
    public void Whatever_dciodvfy_calls_an_error_in_a_mutant_of_our_objects_is_an_error_here()
    {
        Judges.SkipWhereAbsent();
        var mutants = OwnObjects().SelectMany(own => ObjectMutants.Of(own.Content).Select(mutant => (own.Name, Mutant: mutant))).ToList();
        var isFull = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1";
        var chosen = isFull ? mutants : [.. mutants.OrderBy(each => Scattered(each.Mutant.Name)).Take(Share)];
        var missed = new ConcurrentBag<string>();
        var (judged, theirs, ours) = (0, 0, 0);
        Parallel.ForEach(chosen, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, each =>
        {
            if (each.Mutant.Make() is not { } bytes)
            {
                return;
            }

            var isWrongHere = Errors(DicomFile.Open(bytes)).Count > 0;
            var path = folder.File(Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + ".dcm");
            File.WriteAllBytes(path, bytes);
            var complaint = Complaint(path);
            File.Delete(path);
            Interlocked.Increment(ref judged);
            Interlocked.Add(ref theirs, complaint is null ? 0 : 1);
            Interlocked.Add(ref ours, isWrongHere ? 1 : 0);
            if (complaint is not null && !isWrongHere)
            {
                missed.Add($"{each.Name} {each.Mutant.Name}: {complaint}");
            }
        });

        TestContext.Current.SendDiagnosticMessage(
            $"{judged} of {mutants.Count} mutants: dciodvfy finds errors in {theirs}, ours in {ours}, {missed.Count} of the former missed");
        Assert.True(theirs > judged / 2, $"dciodvfy found errors in only {theirs} of {judged} mutants");
        Assert.Equal([], missed);
    }

    [Fact]
    public void On_objects_of_others_the_two_agree_but_for_the_differences_that_are_listed()
    {
        Judges.SkipWhereAbsent();
        var root = SharedData.PathOf("dicom");
        var differences = new ConcurrentBag<string>();
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, path =>
        {
            var name = Path.GetRelativePath(root, path);
            if (!KnownDifferences.ContainsKey(name) && Readable(path) is { } file && Errors(file).Count > 0 != Complaint(path) is not null)
            {
                differences.Add($"{name}: {Errors(file).FirstOrDefault() ?? Complaint(path)}");
            }
        });

        Assert.Equal([], differences);
    }

    /// <summary>An order that is the same in every run and has nothing to do with the mutants' own.</summary>
    private static string Scattered(string name) => DicomUID.FromSeed(name);

    private static DicomFile? Readable(string path)
    {
        try
        {
            return DicomFile.Open(path);
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private static List<string> Errors(DicomFile file) =>
        [.. ObjectConformance.Check(file).Where(finding => finding.Severity == ConformanceSeverity.Error).Select(error => error.ToString())];

    /// <summary>The first error that dciodvfy names; it is older than SyntheticData (0008,001C) of our phantoms, which it takes for one.</summary>
    private static string? Complaint(string path) =>
        Judges.Run("dciodvfy", path).Output.Split('\n').FirstOrDefault(line =>
            line.StartsWith("Error", StringComparison.Ordinal) && !line.Contains("(0x0008,0x001c)", StringComparison.Ordinal));

    private List<(string Name, ReadOnlyMemory<byte> Content)> OwnObjects()
    {
        new SyntheticCt().WriteTo(folder.File("ct"));
        var context = LiverReading.ContextOf(folder.File("ct"));
        var labels = LiverReading.Labels(context.Series["ct"].Manifest.Geometry!, SyntheticCt.LabelAt);
        var refusal = new AnalysisResult.NotAssessable(new Code("NOISE", "99CLINSUITE", "Image noise"), "noise 40 HU");
        var made = EvidenceSet.Write(context, LiverReading.Completed(labels)).Concat(EvidenceSet.Write(context with { RunId = "2" }, refusal))
            .Where(each => each.Reference is not null).ToList();
        var ct = CtImageWriter.Write(
            new SyntheticStudy("check", "Synthetic^Check", "SYNTHETIC-CHECK"), "Check", new Volume<short>(LiverGrid), slice: 1, contrast: true);
        using var stream = new MemoryStream();
        DicomFile.Create(ct).Save(stream);
        return [.. made.Select(each => (each.FileName, each.Content)), ("ct.dcm", stream.ToArray())];
    }
}
