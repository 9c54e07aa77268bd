using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Labels;
using ClinicalSuite.Evidence.Volumes;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Labels;

public sealed class SegmentationReaderTests
{
    [Fact]
    public void Our_own_segmentation_comes_back_voxel_by_voxel()
    {
        using var ct = new LabelledCt();

        var given = LabelReader.Read(ct.Segmentation(EvidenceKind.SegmentationParts), null, ct.Series).Single();

        Assert.Equal(["Liver without vessels", "Portal vein", "Hepatic veins"], given.Segments.Select(s => s.Label));
        Assert.Equal(["10200004", "32764006", "8993003"], given.Segments.Select(s => s.Type!.Value));
        for (var number = 1; number <= 3; number++)
        {
            ct.AssertMask(given.Segments[number - 1], (c, r, s) => SyntheticCt.LabelAt(c, r, s) == number);
        }

        Assert.Equal(ct.Context.Uid("seg-parts/instance"), given.Object!.SopInstanceUid);
        Assert.Equal($"SEG {given.Object.SopInstanceUid} of ClinicalSuite", given.Segments[0].SourceDescription);
    }

    [Fact]
    public void The_whole_holds_its_parts()
    {
        using var ct = new LabelledCt();

        var given = LabelReader.Read(ct.Segmentation(EvidenceKind.SegmentationWhole), null, ct.Series).Single();

        ct.AssertMask(Assert.Single(given.Segments), (c, r, s) => SyntheticCt.LabelAt(c, r, s) != 0);
    }

    [Fact]
    public void Frames_in_any_order_and_groups_of_shared_kind_are_read_alike()
    {
        using var ct = new LabelledCt();
        var path = ct.Segmentation(EvidenceKind.SegmentationWhole, dataset =>
        {
            // Reverses frames and their descriptions, and moves what is equal for all of them to the shared groups.
            var groups = dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Reverse().Select(item => item.Clone()).ToArray();
            var shared = dataset.GetSequence(DicomTag.SharedFunctionalGroupsSequence)[0].Clone();
            shared.AddOrUpdate(DicomTag.SegmentIdentificationSequence, groups[0].GetSequence(DicomTag.SegmentIdentificationSequence)[0].Clone());
            foreach (var group in groups)
            {
                group.Remove(DicomTag.SegmentIdentificationSequence);
            }

            var pixels = DicomPixelData.Create(dataset);
            var bits = new byte[((pixels.NumberOfFrames * pixels.SamplesPerFrame) + 7) / 8 / 2 * 2 + 2];
            for (var frame = 0; frame < pixels.NumberOfFrames; frame++)
            {
                var source = pixels.GetFrame(pixels.NumberOfFrames - 1 - frame);
                for (var pixel = 0; pixel < pixels.SamplesPerFrame; pixel++)
                {
                    var bit = (frame * pixels.SamplesPerFrame) + pixel;
                    bits[bit / 8] |= (byte)(((source[pixel / 8] >> (pixel % 8)) & 1) << (int)(bit % 8));
                }
            }

            dataset.AddOrUpdate(DicomTag.PerFrameFunctionalGroupsSequence, groups)
                .AddOrUpdate(DicomTag.SharedFunctionalGroupsSequence, shared)
                .AddOrUpdate(DicomVR.OB, DicomTag.PixelData, bits);
        });

        var given = LabelReader.Read(path, null, ct.Series).Single();

        ct.AssertMask(Assert.Single(given.Segments), (c, r, s) => SyntheticCt.LabelAt(c, r, s) != 0);
    }

    [Fact]
    public void A_name_by_hand_chooses_a_segment()
    {
        using var ct = new LabelledCt();

        var given = LabelReader.Read(ct.Segmentation(EvidenceKind.SegmentationParts), "portal vein", ct.Series).Single();

        ct.AssertMask(Assert.Single(given.Segments), (c, r, s) => SyntheticCt.LabelAt(c, r, s) == 2);
    }

    [Fact]
    public void A_segmentation_beside_the_series_is_refused_with_both_places()
    {
        using var ct = new LabelledCt();
        var path = ct.Segmentation(EvidenceKind.SegmentationWhole, dataset =>
        {
            foreach (var frame in dataset.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence))
            {
                var position = frame.GetSequence(DicomTag.PlanePositionSequence)[0];
                var at = position.GetDoubles(DicomTag.ImagePositionPatient);
                position.AddOrUpdate(DicomTag.ImagePositionPatient, at[0], at[1], at[2] + 900);
            }
        });

        var refusal = Assert.Throws<InputRefusedException>(() => LabelReader.Read(path, null, ct.Series));

        Assert.Equal(InputReasons.BadLabels, refusal.Reason);
        Assert.Contains("they do not overlap", refusal.Cause, StringComparison.Ordinal);
        Assert.Contains("z 858", refusal.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_segmentation_of_another_frame_of_reference_and_series_is_refused()
    {
        using var ct = new LabelledCt();
        var path = ct.Segmentation(EvidenceKind.SegmentationWhole, dataset => dataset
            .Remove(DicomTag.ReferencedSeriesSequence)
            .AddOrUpdate(DicomTag.FrameOfReferenceUID, "1.2.3"));

        var refusal = Assert.Throws<InputRefusedException>(() => LabelReader.Read(path, null, ct.Series));

        Assert.Contains("frame of reference 1.2.3", refusal.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seg/liver.dcm", "ct-3slice", "Liver")]
    [InlineData("seg/seg_image_ct_binary.dcm", null, "first segment")]
    [InlineData("seg/seg_image_ct_binary_fractional.dcm", null, "first segment")]
    [InlineData("seg/seg.dcm", null, "Neoplasm, Primary")]
    [InlineData("seg/MR_UnspecifiedLength.dcm", null, "Breast")]
    public void Foreign_segmentations_are_read_as_pydicom_reads_them(string segmentation, string? images, string label)
    {
        Judges.SkipWithoutPython();
        var path = SharedData.PathOf("dicom/" + segmentation);
        var series = images is not null
            ? StudyReader.Read([SharedData.PathOf("dicom/" + images)]).Studies[0].Series[0]
            : SeriesAround.Segmentation(path);
        var (status, said) = Judges.Run("/usr/bin/python3", "-c",
            """
            import sys, pydicom, numpy as np
            d = pydicom.dcmread(sys.argv[1]); n = int(d.NumberOfFrames)
            if d.BitsAllocated == 1:
                f = np.unpackbits(np.frombuffer(d.PixelData, np.uint8), bitorder='little')[:n * d.Rows * d.Columns]
            else:
                f = np.frombuffer(d.PixelData, np.uint8)[:n * d.Rows * d.Columns].astype(int) * 2 >= int(d.MaximumFractionalValue)
            f = f.reshape(n, d.Rows, d.Columns); total = np.zeros(3); count = 0
            sp = d.SharedFunctionalGroupsSequence[0]
            for frame, g in zip(f, d.PerFrameFunctionalGroupsSequence):
                o = np.array(sp.PlaneOrientationSequence[0].ImageOrientationPatient, float); m = sp.PixelMeasuresSequence[0].PixelSpacing
                p = np.array(g.PlanePositionSequence[0].ImagePositionPatient, float)
                r, c = np.nonzero(frame); count += len(r)
                total += len(r) * p + c.sum() * float(m[1]) * o[:3] + r.sum() * float(m[0]) * o[3:]
            print(count, *(total / count))
            """, path);
        Assert.True(status == 0, said);
        var expected = said.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        var segment = Assert.Single(LabelReader.Read(path, null, series).Single().Segments);

        Assert.Equal(label, segment.Label);
        var (count, centre) = SeriesAround.CentreOf(segment.Mask);
        Assert.Equal(expected[0], count);
        // Positions are written to 1e-3 mm or finer; 0.01 mm leaves room for a stack that they round to.
        Assert.Equal(expected[1], centre.X, 0.01);
        Assert.Equal(expected[2], centre.Y, 0.01);
        Assert.Equal(expected[3], centre.Z, 0.01);
    }

    [Fact]
    public void The_segmentation_of_the_three_slices_belongs_to_them()
    {
        var series = StudyReader.Read([SharedData.PathOf("dicom/ct-3slice")]).Studies[0].Series[0];
        var segments = StudyReader.Read([SharedData.PathOf("dicom/seg/liver.dcm")]).Studies[0].Series[0];
        var others = StudyReader.Read([SharedData.PathOf("dicom/seg/seg.dcm")]).Studies[0].Series[0];

        Assert.True(LabelReader.Belongs(segments, series));
        Assert.False(LabelReader.Belongs(others, series));
    }
}
