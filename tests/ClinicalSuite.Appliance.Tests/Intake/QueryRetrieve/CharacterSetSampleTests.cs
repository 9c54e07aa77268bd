using System.Diagnostics;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve;

/// <summary>The names of third-party samples, stored and found again, against what pydicom reads in the files.</summary>
public sealed class CharacterSetSampleTests
{
    private const string Script = """
        import sys, warnings
        warnings.simplefilter('ignore')
        import pydicom
        for name in sys.argv[1:]:
            text = str(pydicom.dcmread(name, force=True).get('PatientName', ''))
            print(name, ''.join('%04x' % ord(c) for c in text), sep='\t')
        """;

    [Fact]
    public async Task Names_of_all_samples_come_back_as_pydicom_reads_them()
    {
        var samples = SharedSamples();
        var names = await PydicomNamesAsync(samples);
        await using var archive = await SmallArchive.StartAsync();
        var sent = new List<(string Id, string Name)>();
        foreach (var (sample, name) in samples.Zip(names).Where(pair => pair.Second.Length > 0))
        {
            // pydicom 2.3.1 does not decode ISO 2022 IR 58 among several terms.
            var dataset = DicomFile.Open(sample).Dataset;
            if (dataset.GetStrings(DicomTag.SpecificCharacterSet).Contains("ISO 2022 IR 58"))
            {
                continue;
            }
            var id = $"C{sent.Count}";
            sent.Add((id, name));
            dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage)
                .AddOrUpdate(DicomTag.SOPInstanceUID, $"1.2.826.0.9.{sent.Count}.1.1")
                .AddOrUpdate(DicomTag.StudyInstanceUID, $"1.2.826.0.9.{sent.Count}")
                .AddOrUpdate(DicomTag.SeriesInstanceUID, $"1.2.826.0.9.{sent.Count}.1")
                .AddOrUpdate(DicomTag.PatientID, id);
            var path = Path.Combine(archive.Host.Scratch, id + ".dcm");
            DicomFile.Create(dataset).Save(path);
            Assert.True((await archive.Host.SendAsync(path))[0].IsSuccess, sample);
        }
        Assert.InRange(sent.Count, 8, samples.Length);
        foreach (var (id, name) in sent)
        {
            var (_, matches) = await archive.FindAsync("STUDY", $"PatientID={id}", "PatientName");
            Assert.Equal(name, Assert.Single(matches).GetStringOrEmpty(DicomTag.PatientName));
        }
    }

    private static string[] SharedSamples()
    {
        for (var root = new DirectoryInfo(AppContext.BaseDirectory); root is not null; root = root.Parent)
        {
            var folder = Path.Combine(root.FullName, "..", "shared", "data", "dicom", "charset");
            if (File.Exists(Path.Combine(root.FullName, "ClinicalSuite.sln")))
            {
                Assert.SkipUnless(Directory.Exists(folder), "../shared/data/dicom/charset is absent");
                return [.. Directory.GetFiles(folder, "*.dcm").Order(StringComparer.Ordinal)];
            }
        }
        Assert.Skip("the repository's root was not found");
        return [];
    }

    private static async Task<string[]> PydicomNamesAsync(string[] files)
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), "python3 is not installed");
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", Script, .. files]) { RedirectStandardOutput = true })!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.Equal(files.Length, lines.Length);
        return [.. lines.Select(line => string.Concat(line.Split('\t')[1].Chunk(4)
            .Select(code => (char)Convert.ToInt32(new string(code), 16))))];
    }
}
