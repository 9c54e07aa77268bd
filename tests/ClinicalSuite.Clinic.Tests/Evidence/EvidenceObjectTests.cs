using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Findings;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Evidence;

public sealed class EvidenceObjectTests : IDisposable
{
    /// <summary>Reads a segmentation with pydicom: a line a segment (label, voxels, sum of z*1e6+y*1e3+x), then geometry.</summary>
    private const string ReadSegmentation = """
        import sys, pydicom, numpy as np
        d = pydicom.dcmread(sys.argv[1])
        bits = np.unpackbits(np.frombuffer(d.PixelData, np.uint8), bitorder='little')
        n, r, c = int(d.NumberOfFrames), d.Rows, d.Columns
        frames = bits[:n * r * c].reshape(n, r, c)
        labels = {s.SegmentNumber: [s.SegmentLabel, 0, 0] for s in d.SegmentSequence}
        for f, g in zip(frames, d.PerFrameFunctionalGroupsSequence):
            number = g.SegmentIdentificationSequence[0].ReferencedSegmentNumber
            z = g.FrameContentSequence[0].DimensionIndexValues[1] - 1
            y, x = np.nonzero(f)
            labels[number][1] += len(y)
            labels[number][2] += int(z) * 1000000 * len(y) + int(y.sum()) * 1000 + int(x.sum())
        for number in sorted(labels): print('%s|%d|%d' % tuple(labels[number]))
        first = d.PerFrameFunctionalGroupsSequence[0]
        print([float(v) for v in first.PlanePositionSequence[0].ImagePositionPatient])
        """;

    private const string ReadNames = """
        import sys, pydicom
        for path in sys.argv[1:]:
            d = pydicom.dcmread(path)
            print('%s|%s|%s' % (d.SpecificCharacterSet, d.PatientName, d.StudyDescription))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_object_of_a_synthetic_study_is_accepted_by_all_judges()
    {
        Judges.SkipWhereAbsent();

        var objects = Write(new SyntheticCt());

        Assert.Equal([], Complaints(objects));
        Assert.Contains(objects, made => made.Kind == EvidenceKind.SegmentationWhole);
    }

    [Fact]
    public void A_refusal_in_Chinese_without_segments_is_accepted_by_all_judges()
    {
        Judges.SkipWhereAbsent();
        new SyntheticCt { HasFrameOfReference = false, PatientId = "" }.WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct")) with { Language = DocumentLanguage.Chinese };
        var refusal = new AnalysisResult.NotAssessable(
            new Code("LOW-CONTRAST", "99CLINSUITE", "Vessel contrast too low"), "肝静脉对比度不足: contrast to noise 1.4, needed 3.0");

        var objects = Save(EvidenceSet.Write(context, refusal));

        Assert.Equal([], Complaints(objects));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Judges_catch_objects_known_to_be_bad(int index)
    {
        Judges.SkipWhereAbsent();
        var made = Write(new SyntheticCt())[index * 2];
        var dataset = DicomFile.Open(made.Content).Dataset;
        dataset.Remove(index == 0 ? DicomTag.ReferencedSeriesSequence : DicomTag.CurrentRequestedProcedureEvidenceSequence);
        DicomFile.Create(dataset).Save(_folder.File("bad.dcm"));

        Assert.NotEmpty(Judges.Errors(_folder.File("bad.dcm"), made.Reference!.SopClassUid));
        Assert.NotEmpty(ObjectCheck.Faults(dataset));
    }

    [Fact]
    public void Pydicom_reads_the_voxels_of_both_segmentations_as_they_are_in_the_labels()
    {
        Judges.SkipWithoutPython();

        Write(new SyntheticCt());

        var parts = Python(ReadSegmentation, _folder.File("seg-parts.dcm"));
        Assert.Equal(Expected("Liver without vessels", 1), parts[0]);
        Assert.Equal(Expected("Portal vein", 2), parts[1]);
        Assert.Equal(Expected("Hepatic veins", 3), parts[2]);
        var whole = Python(ReadSegmentation, _folder.File("seg-whole.dcm"));
        Assert.Equal(Expected("Liver", 1, 2, 3), whole[0]);
        Assert.StartsWith("[-171.3, -165.9, ", whole[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_Chinese_name_in_GB18030_arrives_in_every_object_in_GB18030()
    {
        Judges.SkipWithoutPython();

        Write(new SyntheticCt { CharacterSet = "GB18030", PatientName = "Wang^Xiaodong=王^小东" });

        var names = Python(
            ReadNames, _folder.File("seg-parts.dcm"), _folder.File("seg-whole.dcm"), _folder.File("sr.dcm"), _folder.File("sc.dcm"));
        Assert.All(names, line => Assert.Equal("GB18030|Wang^Xiaodong=王^小东|腹部增强", line));
    }

    [Fact]
    public void A_source_in_Latin_letters_turns_to_Unicode_where_the_report_is_Chinese()
    {
        Judges.SkipWithoutPython();
        new SyntheticCt { CharacterSet = "ISO_IR 100", PatientName = "Müller^Jürgen", StudyDescription = "CT Leber" }
            .WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct"));
        var refusal = new AnalysisResult.NotAssessable(new Code("NOISE", "99CLINSUITE", "Image noise"), "noise 40 HU");

        Save(EvidenceSet.Write(context, refusal));
        Assert.Equal(["ISO_IR 100|Müller^Jürgen|CT Leber"], Python(ReadNames, _folder.File("sr.dcm")));

        Save(EvidenceSet.Write(context with { Language = DocumentLanguage.Chinese }, refusal));
        Assert.Equal(["ISO_IR 192|Müller^Jürgen|CT Leber"], Python(ReadNames, _folder.File("sr.dcm")));
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes_and_another_run_other_names()
    {
        new SyntheticCt().WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct"));
        var result = LiverReading.Completed(
            LiverReading.Labels(context.Series["ct"].Manifest.Geometry!, SyntheticCt.LabelAt));

        var first = EvidenceSet.Write(context, result);
        var again = EvidenceSet.Write(LiverReading.ContextOf(_folder.File("ct")), result);
        var other = EvidenceSet.Write(context with { RunId = "run-2" }, result);

        Assert.Equal(first.Select(made => made.FileName), again.Select(made => made.FileName));
        Assert.All(first.Zip(again), pair => Assert.True(pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span)));
        var names = first.Concat(other).Where(made => made.Reference is not null).ToList();
        Assert.Equal(names.Count, names.Select(made => made.Reference!.SopInstanceUid).Distinct().Count());
    }

    [Fact]
    public void An_empty_segment_is_kept_with_one_empty_frame()
    {
        Judges.SkipWhereAbsent();
        Judges.SkipWithoutPython();
        new SyntheticCt().WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct"));
        var labels = LiverReading.Labels(
            context.Series["ct"].Manifest.Geometry!,
            (column, row, slice) => SyntheticCt.LabelAt(column, row, slice) is var label && label == 3 ? (byte)1 : label);

        var parts = Save(EvidenceSet.Write(context, LiverReading.Completed(labels)))[0];

        Assert.Equal("Hepatic veins|0|0", Python(ReadSegmentation, _folder.File("seg-parts.dcm"))[2]);
        Assert.Equal([], Judges.Errors(_folder.File("seg-parts.dcm"), parts.Reference!.SopClassUid));
    }

    [Fact]
    public void A_later_run_names_the_report_that_it_replaces()
    {
        new SyntheticCt().WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct"));
        var refusal = new AnalysisResult.NotAssessable(new Code("NOISE", "99CLINSUITE", "Image noise"), "noise 40 HU");
        var first = EvidenceSet.Write(context, refusal)[0].Reference!;

        var second = EvidenceSet.Write(
            context with { RunId = "run-2", Predecessor = new PredecessorRun("run-1", first) }, refusal)[0];

        var report = DicomFile.Open(second.Content).Dataset;
        var item = report.GetSequence(DicomTag.PredecessorDocumentsSequence)[0]
            .GetSequence(DicomTag.ReferencedSeriesSequence)[0];
        Assert.Equal(first.SeriesUid, item.GetString(DicomTag.SeriesInstanceUID));
        Assert.Equal(
            first.SopInstanceUid,
            item.GetSequence(DicomTag.ReferencedSOPSequence)[0].GetString(DicomTag.ReferencedSOPInstanceUID));
    }

    [Fact]
    public void Objects_of_a_real_study_of_a_careless_sender_are_accepted_by_all_judges()
    {
        Judges.SkipWhereAbsent();
        var context = LiverReading.ContextOf(SharedData.PathOf("dicom/ct-abdomen-portal-119.zip"));
        var labels = LiverReading.Labels(
            context.Series["ct"].Manifest.Geometry!,
            (column, row, slice) => SyntheticCt.LabelAt(column / 5, row / 5, slice / 10));

        var objects = Save(EvidenceSet.Write(context, LiverReading.Completed(labels)));

        Assert.Equal([], Complaints(objects));
    }

    private static string Expected(string label, params byte[] members)
    {
        var (voxels, sum) = (0L, 0L);
        for (var slice = 0; slice < SyntheticCt.Slices; slice++)
        {
            for (var row = 0; row < SyntheticCt.Rows; row++)
            {
                for (var column = 0; column < SyntheticCt.Columns; column++)
                {
                    if (members.Contains(SyntheticCt.LabelAt(column, row, slice)))
                    {
                        (voxels, sum) = (voxels + 1, sum + (slice * 1000000L) + (row * 1000L) + column);
                    }
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{label}|{voxels}|{sum}");
    }

    private static string[] Python(string script, params string[] arguments)
    {
        var (status, output) = Judges.Run("/usr/bin/python3", ["-c", script, .. arguments]);
        Assert.True(status == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private List<string> Complaints(IReadOnlyList<EvidenceObject> objects) =>
        [.. objects
            .Where(made => made.Reference is not null)
            .SelectMany(made => Judges.Errors(_folder.File(made.FileName), made.Reference!.SopClassUid)
                .Select(error => $"{made.FileName}: {error}"))];

    private IReadOnlyList<EvidenceObject> Write(SyntheticCt source)
    {
        source.WriteTo(_folder.File("ct"));
        var context = LiverReading.ContextOf(_folder.File("ct"));
        var labels = LiverReading.Labels(context.Series["ct"].Manifest.Geometry!, SyntheticCt.LabelAt);
        return Save(EvidenceSet.Write(context, LiverReading.Completed(labels)));
    }

    private IReadOnlyList<EvidenceObject> Save(IReadOnlyList<EvidenceObject> objects)
    {
        foreach (var made in objects)
        {
            File.WriteAllBytes(_folder.File(made.FileName), made.Content.ToArray());
        }

        return objects;
    }
}
