using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Pixels;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Conformance;

/// <summary><c>clinicalsuite dicom check</c> as a process.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("check").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_exit_status_says_whether_an_object_has_an_error_and_the_errors_are_named()
    {
        var image = SampleImages.Make(isColour: false);
        DicomFile.Create(image.Clone().Remove(DicomTag.PatientID).Remove(DicomTag.Rows)).Save(In("bad.dcm"));

        var run = await CliProgram.RunAsync("dicom", "check", In("bad.dcm"));

        Assert.Equal(1, run.Status);
        Assert.Contains("error (0010,0020) PatientID: is absent, type 2 [Patient]", run.Output, StringComparison.Ordinal);
        Assert.Contains("error (0028,0010) Rows: is absent, type 1", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", run.Output.Replace("warnings", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_have_no_error_and_what_is_not_DICOM_is_refused()
    {
        var sample = Directory.EnumerateFiles(Path.Combine(Architecture.Repository.Root, "dicom-samples"), "*.dcm", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).First();
        await File.WriteAllTextAsync(In("notes.txt"), "no DICOM", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await CliProgram.RunAsync("dicom", "check", sample)).Status);
        var refused = await CliProgram.RunAsync("dicom", "check", In("notes.txt"));
        Assert.Equal(3, refused.Status);
        Assert.Contains("notes.txt", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await CliProgram.RunAsync("dicom", "check")).Status);
    }

    [Fact]
    public async Task With_json_each_object_is_one_line()
    {
        DicomFile.Create(SampleImages.Make(isColour: false).Remove(DicomTag.Rows)).Save(In("one.dcm"));
        DicomFile.Create(SampleImages.Make(isColour: true)).Save(In("two.dcm"));

        var run = await CliProgram.RunAsync("dicom", "check", folder, "--json", "--warnings");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([In("one.dcm"), In("two.dcm")], lines.Select(line => line.GetProperty("file").GetString()));
        Assert.Contains(
            lines[0].GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("keyword").GetString() == "Rows" && finding.GetProperty("severity").GetString() == "error");
    }

    private string In(string name) => Path.Combine(folder, name);
}
