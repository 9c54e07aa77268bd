using System.Text.Json;
using System.Text.Json.Nodes;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Analyze;

/// <summary>The verb as scripts and sites see it: exit status, files, messages.</summary>
public sealed class AnalyzeTests(AnalyzedAbdomen abdomen) : IClassFixture<AnalyzedAbdomen>, IDisposable
{
    private const string Id = "liver-vessels";

    /// <summary>Compares each segment with the labels: parts by their number, wholes by number and includes; then the worst corner in mm.</summary>
    private const string CompareSegmentations = """
        import sys, json, pydicom, numpy as np
        d = sys.argv[1]; a = np.load(d + '/labels.npy'); j = json.load(open(d + '/labels.json')); m = np.array(j['affine']); worst = 0
        for name, whole in (('seg-parts.dcm', False), ('seg-whole.dcm', True)):
            s = pydicom.dcmread(d + '/' + name); n = int(s.NumberOfFrames); h = s.SharedFunctionalGroupsSequence[0]
            f = np.unpackbits(np.frombuffer(s.PixelData, np.uint8), bitorder='little')[:n * s.Rows * s.Columns].reshape(n, s.Rows, s.Columns)
            o = np.array(h.PlaneOrientationSequence[0].ImageOrientationPatient, float); p = h.PixelMeasuresSequence[0].PixelSpacing
            found = {int(x.SegmentNumber): np.zeros(a.shape, bool) for x in s.SegmentSequence}
            for frame, g in zip(f, s.PerFrameFunctionalGroupsSequence):
                at = np.array(g.PlanePositionSequence[0].ImagePositionPatient, float)
                z = int(round((np.linalg.inv(m) @ [*at, 1])[2]))
                for c, r in ((0, 0), (s.Columns - 1, s.Rows - 1)):
                    worst = max(worst, np.linalg.norm(at + c * float(p[1]) * o[:3] + r * float(p[0]) * o[3:] - (m @ [c, r, z, 1])[:3]))
                found[int(g.SegmentIdentificationSequence[0].ReferencedSegmentNumber)][z] |= frame.astype(bool)
            for x in s.SegmentSequence:
                e = next(e for e in j['segments'] if e['code']['value'] == x.SegmentedPropertyTypeCodeSequence[0].CodeValue)
                want = np.isin(a, [e['number']] + (e['includes'] if whole else []))
                print(name, e['number'], bool(want.any()), bool((want == found[int(x.SegmentNumber)]).all()))
        print(worst < 1e-4)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("clinicalsuite-analyze-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_calls_and_one_against_two_threads_write_the_same_bytes_but_for_timings()
    {
        foreach (var (name, threads) in new[] { ("two", "2"), ("again", "1") })
        {
            var run = await CliProgram.RunAsync("analyze", Id, abdomen.Images, "--out", In(name), "--arrays", "--threads", threads);
            Assert.True(run.Status == 0, run.Errors);
        }

        var files = Files(abdomen.Result(""));
        Assert.Equal(
            ["findings.json", "labels.json", "labels.npy", "oru.hl7", "pdf.dcm", "report.pdf", "sc.dcm", "seg-parts.dcm", "seg-whole.dcm", "sr.dcm"],
            files);
        foreach (var other in new[] { "two", "again" })
        {
            Assert.Equal(files, Files(other));
            foreach (var file in files.Where(name => name != "findings.json"))
            {
                Assert.True(File.ReadAllBytes(abdomen.Result(file)).AsSpan().SequenceEqual(File.ReadAllBytes(In(other, file))), file);
            }

            Assert.Equal(FindingsWithoutTimings(abdomen.Result("")), FindingsWithoutTimings(In(other)));
        }
    }

    [Fact]
    public async Task Segmentations_hold_the_voxels_of_the_label_array()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed");
        var (status, said) = await PythonAsync(CompareSegmentations, abdomen.Result(""));

        Assert.SkipWhen(said.Contains("No module named", StringComparison.Ordinal), "python3-pydicom or python3-numpy is not installed");
        Assert.True(status == 0, said);
        Assert.Equal("seg-parts.dcm 1 True True\nseg-parts.dcm 2 True True\nseg-whole.dcm 1 True True\nTrue\n", said);
    }

    [Fact]
    public async Task Standard_output_lists_the_files_and_earlier_results_are_replaced_alone()
    {
        CopyResults("out");
        await File.WriteAllTextAsync(In("out", "notes.txt"), "mine");

        var run = await CliProgram.RunAsync("analyze", Id, abdomen.Images, "--out", In("out"));

        Assert.Equal(
            Files("out").Where(name => name != "notes.txt").Order(StringComparer.Ordinal),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFileName(line)!).Order(StringComparer.Ordinal));
        Assert.Contains("notes.txt", Files("out"));
        Assert.DoesNotContain("labels.npy", Files("out"));
    }

    [Fact]
    public async Task A_cancelled_call_leaves_what_was_there_before()
    {
        CopyResults("out");
        var before = Files("out").ToDictionary(name => name, name => File.GetLastWriteTimeUtc(In("out", name)));

        var run = await CliProgram.InterruptAsync("%", "analyze", Id, abdomen.Images, "--out", In("out"));

        Assert.Equal(1, run.Status);
        Assert.Contains("cancelled, nothing was written", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Files("out").ToDictionary(name => name, name => File.GetLastWriteTimeUtc(In("out", name))));
        Assert.Empty(Directory.EnumerateDirectories(In("out")));
    }

    [Theory]
    [InlineData("did you mean liver-vessels?", "liver-vesels", "x", "--out", "o")]
    [InlineData("needs --out", Id, "x")]
    [InlineData("has no setting colour", Id, "x", "--out", "o", "--set", "colour=red")]
    [InlineData("not KEY=VALUE", Id, "x", "--out", "o", "--set", "colour")]
    public async Task Misuse_is_told_with_status_2(string complaint, params string[] words)
    {
        var run = await CliProgram.RunAsync(["analyze", .. words]);

        Assert.Equal(2, run.Status);
        Assert.Contains(complaint, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_file_and_a_truncated_slice_are_refused_with_file_place_and_reason()
    {
        await File.WriteAllTextAsync(In("letter.txt"), "Dear colleague");
        var slice = new SmallAbdomen("2.25.31").Write(In("cut"))[7];
        using (var cut = File.OpenWrite(slice))
        {
            cut.SetLength(cut.Length - 1000);
        }

        var text = await CliProgram.RunAsync("analyze", Id, In("letter.txt"), "--out", In("out"));
        var truncated = await CliProgram.RunAsync("analyze", Id, In("cut"), "--out", In("out"));

        Assert.Equal((3, 3), (text.Status, truncated.Status));
        Assert.Contains("letter.txt: Not a DICOM file (NOT-DICOM)", text.Errors, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(slice) + ", (7FE0,0010) at offset", truncated.Errors, StringComparison.Ordinal);
        Assert.Contains("(TRUNCATED)", truncated.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("out")));
    }

    [Fact]
    public async Task A_study_that_cannot_be_assessed_ends_with_status_4_and_findings_that_say_why()
    {
        new SmallAbdomen("2.25.32") { Modality = "MR" }.Write(In("mr"));
        new SmallAbdomen("2.25.33").Write(In("gap"), Enumerable.Range(0, SmallAbdomen.Slices).Where(slice => slice != 12));

        foreach (var (name, reason) in new[] { ("mr", "WRONG-MODALITY"), ("gap", "SLICE-GAP") })
        {
            var run = await CliProgram.RunAsync("analyze", Id, In(name), "--out", In("out-" + name));

            Assert.Equal(4, run.Status);
            Assert.Contains($"({reason})", run.Errors, StringComparison.Ordinal);
            var findings = JsonNode.Parse(await File.ReadAllTextAsync(In("out-" + name, "findings.json")))!;
            Assert.Equal("not-assessable", (string?)findings["state"]);
            Assert.Equal(reason, (string?)findings["reason"]!["value"]);
            Assert.False(string.IsNullOrEmpty((string?)findings["reason"]!["cause"]));
        }
    }

    [Fact]
    public async Task The_slices_with_a_gap_of_a_real_scanner_are_not_assessed()
    {
        var run = await CliProgram.RunAsync("analyze", Id, SharedData.PathOf("dicom/ct-gap"), "--out", In("out"));

        Assert.Equal(4, run.Status);
        Assert.Contains("(SLICE-GAP): slice increments from 5 to 10 mm", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_segmentation_that_came_with_the_images_is_used_and_named()
    {
        var given = ForeignSegmentation();

        var run = await CliProgram.RunAsync("analyze", Id, abdomen.Images, given, "--out", In("out"));

        Assert.True(run.Status == 0, run.Errors);
        var findings = JsonNode.Parse(await File.ReadAllTextAsync(In("out", "findings.json")))!;
        var source = $"SEG {DicomFile.Open(given).Dataset.GetString(DicomTag.SOPInstanceUID)} of Another maker";
        Assert.Contains(findings["inputs"]!.AsArray(), entry => (string?)entry!["source"] == source);
        Assert.Equal(source, (string?)findings["segments"]![0]!["source"]);
        // The report lists the object among its evidence.
        var report = DicomFile.Open(In("out", "sr.dcm")).Dataset;
        var evidence = report.GetSequence(DicomTag.CurrentRequestedProcedureEvidenceSequence)
            .SelectMany(study => study.GetSequence(DicomTag.ReferencedSeriesSequence))
            .SelectMany(series => series.GetSequence(DicomTag.ReferencedSOPSequence))
            .Select(item => item.GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Contains(DicomFile.Open(given).Dataset.GetString(DicomTag.SOPInstanceUID), evidence);
    }

    [Fact]
    public async Task Our_own_segmentation_among_the_inputs_is_not_taken_as_given()
    {
        var run = await CliProgram.RunAsync("analyze", Id, abdomen.Images, abdomen.Result("seg-whole.dcm"), "--out", In("out"));

        Assert.True(run.Status == 0, run.Errors);
        var findings = JsonNode.Parse(await File.ReadAllTextAsync(In("out", "findings.json")))!;
        Assert.Null(findings["segments"]![0]!["source"]);
    }

    [Fact]
    public async Task Labels_by_hand_that_lie_elsewhere_are_refused()
    {
        var given = ForeignSegmentation(offsetMm: 700);

        var run = await CliProgram.RunAsync("analyze", Id, abdomen.Images, "--labels", given + "=liver", "--out", In("out"));

        Assert.Equal(3, run.Status);
        Assert.Contains("(BAD-LABELS)", run.Errors, StringComparison.Ordinal);
        Assert.Contains("they do not overlap", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreadable_values_are_refused_with_their_line()
    {
        await File.WriteAllTextAsync(In("values.csv"), "name,value,unit,time\nplatelets,150,10*9/L,2026-01-02\nalbumin,high,g/L,\n");

        var run = await CliProgram.RunAsync("analyze", Id, abdomen.Images, "--values", In("values.csv"), "--out", In("out"));

        Assert.Equal(3, run.Status);
        Assert.Contains("values.csv, line 3: Laboratory values cannot be read (BAD-VALUES): the value is no number", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_array_without_context_is_analysed_as_a_study_of_nobody()
    {
        SaveAsArray();

        var run = await CliProgram.RunAsync("analyze", Id, In("ct.npy"), "--out", In("out"), "--arrays");

        Assert.True(run.Status == 0, run.Errors);
        Assert.Equal(File.ReadAllBytes(abdomen.Result("labels.npy")), File.ReadAllBytes(In("out", "labels.npy")));
        var segmentation = DicomFile.Open(In("out", "seg-parts.dcm")).Dataset;
        Assert.Equal("", segmentation.GetStringOrEmpty(DicomTag.PatientID));
        Assert.Equal("UNIDENTIFIED", segmentation.GetStringOrEmpty(DicomTag.StudyID));
        Assert.True(File.Exists(In("out", "image-0026.dcm")));
    }

    private string In(params string[] names) => Path.Combine([_folder, .. names]);

    private void CopyResults(string folder)
    {
        Directory.CreateDirectory(In(folder));
        foreach (var file in Files(abdomen.Result("")))
        {
            File.Copy(abdomen.Result(file), In(folder, file));
        }
    }

    /// <param name="folder">Under the folder of the test, or a whole path.</param>
    private List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(In(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string FindingsWithoutTimings(string folder)
    {
        var findings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "findings.json")))!.AsObject();
        Assert.True(findings.Remove("timingsMs"));
        return findings.ToJsonString(JsonSerializerOptions.Default);
    }

    /// <summary>Our whole liver under another maker's name, as if a reader had drawn it.</summary>
    private string ForeignSegmentation(double offsetMm = 0)
    {
        var dataset = DicomFile.Open(abdomen.Result("seg-whole.dcm")).Dataset
            .AddOrUpdate(DicomTag.Manufacturer, "Another maker")
            .AddOrUpdate(DicomTag.SeriesInstanceUID, "2.25.40")
            .AddOrUpdate(DicomTag.SOPInstanceUID, "2.25.41");
        foreach (var frame in dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence))
        {
            var position = frame.GetSequence(DicomTag.PlanePositionSequence)[0];
            var at = position.GetDoubles(DicomTag.ImagePositionPatient);
            position.AddOrUpdate(DicomTag.ImagePositionPatient, at[0], at[1], at[2] + offsetMm);
        }

        DicomFile.Create(dataset).Save(In("foreign.dcm"));
        return In("foreign.dcm");
    }

    /// <summary>The same HU as an array, with the affine that analyze itself wrote for its labels.</summary>
    private void SaveAsArray()
    {
        var slices = Directory.EnumerateFiles(abdomen.Images).Order(StringComparer.Ordinal)
            .SelectMany(path => DicomFile.Open(path).Dataset.GetBytes(DicomTag.PixelData).ToArray()).ToArray();
        using (var file = File.Create(In("ct.npy")))
        {
            ClinicalSuite.RawData.NumpyArray.Write<short>(
                file, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(slices), SmallAbdomen.Slices, 96, 96);
        }

        File.Copy(abdomen.Result("labels.json"), In("ct.json"));
    }

    private static async Task<(int Status, string Output)> PythonAsync(string script, string argument)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", ["-c", script, argument])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
