using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Acceptance.Tests.Pixels;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Deidentification;

/// <summary><c>clinicalsuite dicom deidentify</c> as a process.</summary>
public sealed class DeidentifyTests : IDisposable
{
    private const string Name = "Quimbleton";
    private const string Id = "QX-4711";

    private readonly string folder = Directory.CreateTempSubdirectory("deidentify").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_study_keeps_its_references_and_loses_its_patient_in_every_run_of_a_key()
    {
        var image = Object("1", DicomUID.CTImageStorage, "CT");
        var report = Object("2", DicomUID.Comprehensive3DSRStorage, "SR")
            .AddOrUpdate(DicomTag.CurrentRequestedProcedureEvidenceSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.ReferencedSOPSequence, new SopReference(DicomUID.CTImageStorage, "1.2.3.1").ToItem()));
        Save($"in/{Name}/{Id}.dcm", image);
        Save("report.dcm", report);
        using (var archive = await ZipFile.OpenAsync(In("in/more.zip"), ZipArchiveMode.Create, TestContext.Current.CancellationToken))
        {
            archive.CreateEntryFromFile(In("report.dcm"), $"{Name}.dcm");
        }

        await File.WriteAllBytesAsync(In("key"), RandomNumberGenerator.GetBytes(32), TestContext.Current.CancellationToken);
        foreach (var output in new[] { "one", "two" })
        {
            var run = await CliProgram.RunAsync("dicom", "deidentify", In("in"), "--out", In(output), "--key", In("key"), "--report", In("report.csv"));
            Assert.True(run.Status == 0, run.Errors);
            Assert.Contains("2 objects written, 0 of them with pixels blanked, 0 refused", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(Id, run.Output + run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(Files("one"), Files("two"));
        Assert.All(Files("one"), file =>
        {
            Assert.Matches(@"^2\.25\.\d+/2\.25\.\d+/2\.25\.\d+\.dcm$", file);
            var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(In("one"), file)));
            Assert.DoesNotContain(Name, bytes, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Id, bytes, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("1.2.3.", bytes, StringComparison.Ordinal);
        });
        var objects = Files("one").Select(file => DicomFile.Open(Path.Combine(In("one"), file)).Dataset).ToLookup(dataset => dataset.GetString(DicomTag.Modality));
        var reference = objects["SR"].Single().GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence)[0]
            .GetSequence(DicomTag.ReferencedSOPSequence)[0];
        Assert.Equal(
            objects["CT"].Single().GetString(DicomTag.SOPInstanceUID), reference.GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Equal(3, File.ReadAllLines(In("report.csv")).Length);
    }

    [Fact]
    public async Task What_may_name_somebody_is_refused_with_its_reason_and_the_rest_is_written()
    {
        Save("in/ct.dcm", Object("1", DicomUID.CTImageStorage, "CT"));
        Save("in/us.dcm", Image("2"));
        Save("in/document.dcm", Object("3", DicomUID.EncapsulatedPDFStorage, "DOC").AddOrUpdate(DicomTag.EncapsulatedDocument, new byte[8]));
        await File.WriteAllTextAsync(In("in/notes.txt"), "no DICOM", TestContext.Current.CancellationToken);

        var run = await CliProgram.RunAsync("dicom", "deidentify", In("in"), "--out", In("out"));

        Assert.Equal(3, run.Status);
        Assert.Contains("1 objects written, 0 of them with pixels blanked, 2 refused", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"us\.dcm: images of its class often have names burned in", run.Errors);
        Assert.Matches(@"document\.dcm: .*encapsulated document", run.Errors);
        Assert.Contains("notes.txt: passed over", run.Errors, StringComparison.Ordinal);
        Assert.Contains("no --key", run.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(In("out"), "*.dcm", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_band_is_blanked_in_frames_that_processes_of_their_own_decode()
    {
        var jpeg = Image("1").AddOrUpdate(DicomTag.PhotometricInterpretation, "YBR_FULL_422").AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, DicomVR.OB, [new DicomFragment(SampleImages.Encoded(DicomUID.JPEGBaseline8Bit).Encoded)]));
        Directory.CreateDirectory(In("in"));
        DicomFile.Create(jpeg, DicomTransferSyntax.JPEGBaseline8Bit).Save(In("in/us.dcm"));
        await File.WriteAllTextAsync(
            In("rules.json"), """{"rules":[{"match":{"Modality":"US"},"areas":[{"width":40,"height":10}]}]}""",
            TestContext.Current.CancellationToken);

        var run = await CliProgram.RunAsync("dicom", "deidentify", In("in"), "--out", In("out"), "--redact", In("rules.json"));

        Assert.True(run.Status == 0, run.Errors);
        Assert.Contains("1 of them with pixels blanked", run.Output, StringComparison.Ordinal);
        var file = DicomFile.Open(Assert.Single(Directory.GetFiles(In("out"), "*.dcm", SearchOption.AllDirectories)));
        Assert.Equal(DicomTransferSyntax.ExplicitVRLittleEndian, file.TransferSyntax);
        Assert.Equal("01", file.Dataset.GetString(DicomTag.LossyImageCompression));
        var picture = DicomPixelData.Create(file).RenderFrame(0);
        Assert.All(picture.Pixels.ToArray().Take(10 * SampleImages.Columns * 3), sample => Assert.Equal(0, sample));
        Assert.Contains(picture.Pixels.ToArray().Skip(10 * SampleImages.Columns * 3), sample => sample != 0);
    }

    [Fact]
    public async Task Words_and_files_that_cannot_be_meant_are_named()
    {
        Save("a.dcm", Object("1", DicomUID.CTImageStorage, "CT"));
        await File.WriteAllTextAsync(In("key"), "short", TestContext.Current.CancellationToken);

        foreach (var (status, words, why) in new (int, string[], string)[]
        {
            (2, [], "--out DIR is needed"),
            (2, ["--out", In("o"), "--retain", "dates"], "--retain dates: one of uids, full-dates"),
            (2, ["--out", In("o"), "--retain", "full-dates,modified-dates"], "not both"),
            (2, ["--out", In("o"), "--clean", "visual-features"], "not offered"),
            (2, ["--out", In("o"), "--accept", "all"], "one of burned-in, visual-features"),
            (3, ["--out", In("o"), "--key", In("key")], "16 bytes or more"),
            (3, ["--out", In("o"), "--redact", In("key")], "--redact"),
            (3, ["--out", In("o"), "--patients", In("absent.csv")], "absent.csv"),
        })
        {
            var run = await CliProgram.RunAsync(["dicom", "deidentify", In("a.dcm"), .. words]);

            Assert.Equal(status, run.Status);
            Assert.Contains(why, run.Errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(In("o")));
        }
    }

    private static DicomDataset Object(string number, string sopClass, string modality) => new DicomDataset()
        .AddOrUpdate(DicomTag.SOPClassUID, sopClass)
        .AddOrUpdate(DicomTag.SOPInstanceUID, "1.2.3." + number)
        .AddOrUpdate(DicomTag.StudyInstanceUID, "1.2.3.9")
        .AddOrUpdate(DicomTag.SeriesInstanceUID, "1.2.3.9." + number)
        .AddOrUpdate(DicomTag.Modality, modality)
        .AddOrUpdate(DicomTag.PatientName, $"{Name}^Ada")
        .AddOrUpdate(DicomTag.PatientID, Id)
        .AddOrUpdate(DicomTag.StudyDescription, $"Abdomen {Name}");

    private static DicomDataset Image(string number)
    {
        var image = Object(number, DicomUID.UltrasoundImageStorage, "US");
        foreach (var element in SampleImages.Make(isColour: true).Where(element => element.Tag.Group >= 0x0028))
        {
            image.AddOrUpdate(element);
        }

        return image;
    }

    private void Save(string name, DicomDataset dataset)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        DicomFile.Create(dataset).Save(In(name));
    }

    /// <summary>Names below a folder, in order.</summary>
    private IReadOnlyList<string> Files(string name) =>
        [.. Directory.GetFiles(In(name), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(In(name), file)).Order(StringComparer.Ordinal)];

    private string In(string name) => Path.Combine(folder, name);
}
