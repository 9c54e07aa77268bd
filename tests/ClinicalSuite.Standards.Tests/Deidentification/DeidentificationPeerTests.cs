using System.Reflection;
using System.Text.RegularExpressions;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;
using ClinicalSuite.Standards.Tests.Dicom;
using ClinicalSuite.Standards.Tests.Pixels;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Deidentification;

/// <summary>What others say of de-identified objects: dciodvfy of the objects, PixelMed of what had to go.</summary>
public sealed partial class DeidentificationPeerTests : IDisposable
{
    private const string PixelMed = "/usr/share/java/pixelmed.jar";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(DeidentificationOptions.None)]
    [InlineData(DeidentificationOptions.RetainModifiedDates | DeidentificationOptions.CleanDescriptors
        | DeidentificationOptions.CleanStructuredContent | DeidentificationOptions.CleanGraphics
        | DeidentificationOptions.RetainPatientCharacteristics)]
    public void Objects_of_all_kinds_have_no_error_for_dciodvfy_that_they_did_not_have(DeidentificationOptions options)
    {
        var worse = new List<string>();
        var count = 0;
        foreach (var kind in new[] { "ct", "ct-3slice", "mr", "mr-enhanced", "seg", "sr", "rt", "pm", "us-multiframe", "codec-wg04" })
        {
            foreach (var path in SharedData.DicomFiles("dicom/" + kind).Where(path => kind != "codec-wg04" || path.Contains("_RLE", StringComparison.Ordinal)))
            {
                var outcome = new Deidentifier(Treatment.Plan(options) with { AcceptsBurnedIn = true })
                    .Apply(DicomFile.Open(path).Dataset, folder["scratch"]);
                var done = Assert.IsType<DeidentificationOutcome.Done>(outcome);
                DicomFile.Create(done.Dataset, done.Syntax).Save(folder["out.dcm"], done.Syntax);
                var before = Errors(path);
                worse.AddRange(Errors(folder["out.dcm"]).Except(before).Select(error => $"{Path.GetFileName(path)}: {error}"));
                count++;
            }
        }

        Assert.Empty(worse);
        Assert.True(count >= 25, $"only {count} objects were judged");
    }

    /// <summary>
    /// Every attribute of the dictionary that holds text, a date or a UID, each with a value of its own. PixelMed's program retains
    /// device, institution, dates and descriptors: what it takes out all the same, nobody may keep.
    /// </summary>
    [Fact]
    public void Nothing_of_the_whole_dictionary_stays_that_PixelMed_takes_out()
    {
        Assert.SkipUnless(File.Exists(PixelMed), "pixelmed.jar is not installed (tests/packages.txt)");
        var planted = Treatment.Object();
        foreach (var tag in AllTags().Where(tag => tag.Group is >= 8 and < 0x5000))
        {
            Plant(planted, tag);
        }

        DicomFile.Create(planted).Save(folder["in.dcm"]);
        File.WriteAllText(folder["areas.txt"], "\n");
        Directory.CreateDirectory(folder["out"]);
        Peer.MustRun(
            "java", "-cp", $"{PixelMed}:/usr/share/java/commons-codec.jar:/usr/share/java/commons-compress.jar:/usr/share/java/slf4j-api.jar",
            "com.pixelmed.apps.DeidentifyAndRedact", folder["in.dcm"], folder["out"], folder["areas.txt"]);
        var theirs = DicomFile.Open(Assert.Single(Directory.GetFiles(folder["out"]))).Dataset;

        var ours = Treatment.Done(planted);

        Assert.True(planted.Count > 900);
        Assert.True(planted.Count(element => Same(element, theirs)) > 700);
        var kept = planted.Where(element => Same(element, ours) && !Same(element, theirs))
            .Select(element => DicomDictionary.KeywordOf(element.Tag));
        // UIDs of context groups, mapping resources and SOP classes: kinds of things, which nobody is found by.
        Assert.Equal(["ContextUID", "MappingResourceUID", "PertinentSOPClassesInStudy"], kept);
    }

    private static IEnumerable<DicomTag> AllTags() => typeof(DicomTag).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(DicomTag)).Select(property => (DicomTag)property.GetValue(null)!);

    private static void Plant(DicomDataset dataset, DicomTag tag)
    {
        var value = DicomDictionary.TryFind(tag, out var entry) && !dataset.Contains(tag) && tag != DicomTag.EncapsulatedDocument
            ? entry.VR switch
            {
                "AE" or "LO" or "SH" or "ST" or "LT" or "UT" or "UC" or "UR" when tag != DicomTag.SpecificCharacterSet => $"Z{tag.Value:X8}",
                "PN" => $"Zebra{tag.Value:X8}^Ada",
                "DA" => Planted.Date,
                "TM" => Planted.Time,
                "DT" => Planted.Date + Planted.Time,
                "UI" => Planted.Uid + tag.Value,
                "AS" => "077Y",
                _ => null,
            }
            : null;
        if (value is not null)
        {
            dataset.AddOrUpdate(DicomVR.Parse(entry.VR), tag, value);
        }
    }

    private static bool Same(DicomElement element, DicomDataset other) => other.TryGetElement(element.Tag, out var found)
        && !found.IsEmpty && other.GetStrings(element.Tag).SequenceEqual(new DicomDataset().AddOrUpdate(element).GetStrings(element.Tag));

    /// <summary>Errors without the UIDs and lines in them, which differ as they must.</summary>
    private static HashSet<string> Errors(string path) =>
        [.. Peer.Run("dciodvfy", path).Output.Split('\n')
            .Where(line => line.StartsWith("Error", StringComparison.Ordinal))
            .Select(line => Uids().Replace(line, "UID"))];

    [GeneratedRegex(@"\d+(\.\d+){2,}")]
    private static partial Regex Uids();
}
