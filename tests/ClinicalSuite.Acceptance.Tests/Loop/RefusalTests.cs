using System.Text.Json;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>What cannot be used is refused by name: on the page (whose lines timeline.json holds), in the log, in the exit status.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int InputRefused = 3;
    private const int NotAssessable = 4;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-refusal-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_text_file_is_refused_by_name()
    {
        var notes = At("notes.txt");
        await File.WriteAllTextAsync(notes, "not an image");

        var demo = await DemoAsync(notes);

        Assert.Equal(InputRefused, demo.Status);
        Assert.Contains(notes, demo.Output, StringComparison.Ordinal);
        Assert.Contains("NOT-DICOM", demo.Output, StringComparison.Ordinal);
        Assert.Contains("Not a DICOM file (NOT-DICOM): no DICM at byte 128", demo.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_slice_is_refused_with_tag_and_reason_and_is_not_kept()
    {
        var slice = Study.Write(At("series"), [7]).Single();
        using (var file = File.OpenWrite(slice))
        {
            file.SetLength(file.Length - 1000);
        }

        var demo = await DemoAsync(slice);

        Assert.Equal(InputRefused, demo.Status);
        Assert.Contains("refused with C000H", demo.Output, StringComparison.Ordinal);
        Assert.Contains("(7FE0,0010) a length of 18432 bytes where 17432 remain", demo.Output, StringComparison.Ordinal);
        Assert.Contains("(7FE0,0010) a length of 18432 bytes where 17432 remain", demo.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_mr_study_is_not_assessable_for_its_modality()
    {
        (Study with { Modality = "MR" }).Write(At("series"));

        var demo = await DemoAsync(At("series"));

        Assert.Equal(NotAssessable, demo.Status);
        Assert.Contains("liver-vessels is not for this study: Not the modality needed (WRONG-MODALITY).", demo.Timeline, StringComparison.Ordinal);
        Assert.Contains("modality MR, needed CT", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_with_a_missing_slice_is_refused_with_the_measured_gap()
    {
        Study.Write(At("series"), Enumerable.Range(0, SmallAbdomen.Slices).Where(slice => slice != 12));
        await AssertGapAsync(At("series"), "slice increments from 3.75 to 7.5 mm, the widest after slice 12 of 25");
    }

    [Fact]
    public Task Slices_of_uneven_increment_are_refused_with_the_measured_gap() =>
        AssertGapAsync(SharedData.PathOf("dicom/ct-gap"), "slice increments from 5 to 10 mm, the widest after slice 3 of 4");

    [Fact]
    public async Task An_unknown_caller_is_rejected_logged_and_shown_and_the_known_one_is_served()
    {
        await using var appliance = await ServingAppliance.StartAsync(At("data"), "--accept", "SCANNER@127.0.0.1");

        var (status, output) = await EchoAsync(appliance, "STRANGER");

        Assert.NotEqual(0, status);
        Assert.Contains("Calling AE Title Not Recognized", output, StringComparison.Ordinal);
        Assert.Contains("calling AE title not recognized", await appliance.UntilPageAsync("/Refusals", "STRANGER"), StringComparison.Ordinal);
        Assert.Contains("association STRANGER -> CLINICALSUITE from 127.0.0.1", appliance.Log, StringComparison.Ordinal);
        Assert.Contains("calling AE title not recognized", appliance.Log, StringComparison.Ordinal);
        (status, output) = await EchoAsync(appliance, "SCANNER");
        Assert.True(status == 0, output);
    }

    private static SmallAbdomen Study => new("1.2.826.0.1.3680043.8.498.3");

    private static Task<(int ExitCode, string Output)> EchoAsync(ServingAppliance appliance, string caller) =>
        Dcmtk.RunAsync("echoscu", "-aet", caller, "-aec", ServingAppliance.Title, "127.0.0.1", $"{appliance.DicomPort}");

    private async Task AssertGapAsync(string series, string gap)
    {
        var demo = await DemoAsync(series);
        Assert.Contains(demo.Status, (int[])[InputRefused, NotAssessable]);
        Assert.Contains("Slices missing or unevenly spaced (SLICE-GAP)", demo.Timeline, StringComparison.Ordinal);
        Assert.Contains(gap, demo.Output, StringComparison.Ordinal);
        Assert.Contains(gap, demo.Timeline, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Output, string Timeline)> DemoAsync(string input)
    {
        var (status, output) = await Dcmtk.RunAsync(
            ServingAppliance.Program, "demo", "--input", input, "--out", At("out"), "--exit");
        Assert.Empty(Directory.GetFiles(At("out/received/pacs")));
        var timeline = JsonDocument.Parse(await File.ReadAllTextAsync(At("out/timeline.json"))).RootElement;
        var lines = timeline.GetProperty("studies").EnumerateArray().SelectMany(study => study.GetProperty("events").EnumerateArray())
            .Concat(timeline.GetProperty("refusals").EnumerateArray());
        return (status, output, string.Join('\n', lines.Select(line => $"{line.GetProperty("text")} {line.GetProperty("cause")}")));
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
