using System.Diagnostics;
using System.Text.Json.Nodes;
using ClinicalSuite.Acceptance.Tests.Architecture;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Conformance;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Analyze;

/// <summary>The series of <c>dicom-samples</c>: what is in them is found, and each image is a clean CT image.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clinicalsuite-samples-").FullName;

    public static TheoryData<string> Samples() =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "dicom-samples")).Select(folder => Path.GetFileName(folder)!)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_yields_what_its_truth_says(string sample)
    {
        var expected = Read(PathOf(sample, "expected.json"));
        var run = await CliProgram.RunAsync("analyze", (string)expected["analysis"]!, PathOf(sample, "dicom"), "--out", _folder);
        Assert.True(run.Status == 0, run.Errors);

        var found = Read(Path.Combine(_folder, "findings.json"));
        Assert.Equal((string)expected["state"]!, (string)found["state"]!);
        foreach (var want in expected["measurements"]!.AsArray())
        {
            var got = found["measurements"]!.AsArray().Single(m => (string)m!["name"]! == (string)want!["name"]!)!;
            Assert.Equal((string)want!["unit"]!, (string)got["unit"]!);
            Assert.Equal((double)want["truth"]!, (double)got["value"]!, (double)want["tolerance"]!);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_image_of_a_sample_is_a_CT_image_without_errors(string sample)
    {
        var files = Directory.GetFiles(PathOf(sample, "dicom"));
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var judge = Process.Start(new ProcessStartInfo("dciodvfy", [file]) { RedirectStandardError = true })!;
            var said = await judge.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await judge.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Contains("CTImage", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Error", said, StringComparison.Ordinal);
            Assert.DoesNotContain(
                ObjectConformance.Check(DicomFile.Open(file)), finding => finding.Severity == ConformanceSeverity.Error);
        }
    }

    private static string PathOf(string sample, string name) => Path.Combine(Repository.Root, "dicom-samples", sample, name);

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
