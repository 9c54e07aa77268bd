using ClinicalSuite.Clinic.Tests.Evidence;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Labels;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Labels;

public sealed class StructureSetReaderTests
{
    [Fact]
    public void A_contour_with_a_hole_and_an_island_is_filled_by_pixel_centres()
    {
        using var ct = new LabelledCt();
        var path = Save(ct, "Liver", [3, 4, 5], [Box(10.5, 10.5, 40.5, 30.5), Box(15.5, 15.5, 25.5, 25.5), Box(60.5, 60.5, 70.5, 65.5)]);

        var given = LabelReader.Read(path, null, ct.Series).Single();

        var segment = Assert.Single(given.Segments);
        Assert.Equal(("Liver", "10200004"), (segment.Label, segment.Type!.Value));
        Assert.StartsWith("RTSTRUCT 2.25.77 of Planner", segment.SourceDescription, StringComparison.Ordinal);
        ct.AssertMask(segment, (c, r, s) => s is >= 3 and <= 5
            && ((c is > 10 and <= 40 && r is > 10 and <= 30 && !(c is > 15 and <= 25 && r is > 15 and <= 25))
                || (c is > 60 and <= 70 && r is > 60 and <= 65)));
    }

    [Fact]
    public void A_keyhole_contour_leaves_its_hole_out()
    {
        using var ct = new LabelledCt();
        // Around the outside, in by a channel without width, around the inside, and back.
        (double, double)[] keyhole =
        [
            (10.5, 10.5), (40.5, 10.5), (40.5, 30.5), (10.5, 30.5), (10.5, 20.5),
            (15.5, 20.5), (15.5, 25.5), (25.5, 25.5), (25.5, 15.5), (15.5, 15.5), (15.5, 20.5), (10.5, 20.5),
        ];

        var segment = LabelReader.Read(Save(ct, "Ring", [6], [keyhole]), null, ct.Series).Single().Segments.Single();

        ct.AssertMask(segment, (c, r, s) => s == 6
            && c is > 10 and <= 40 && r is > 10 and <= 30 && !(c is > 15 and <= 25 && r is > 15 and <= 25));
    }

    [Fact]
    public void Contours_through_pixel_centres_that_share_an_edge_share_no_pixel()
    {
        using var ct = new LabelledCt();

        var left = LabelReader.Read(Save(ct, "left", [2], [Box(10, 10, 20, 20)]), null, ct.Series).Single().Segments.Single();
        var right = LabelReader.Read(Save(ct, "right", [2], [Box(20, 10, 30, 20)]), null, ct.Series).Single().Segments.Single();

        ct.AssertMask(left, (c, r, s) => s == 2 && c is >= 10 and < 20 && r is >= 10 and < 20);
        ct.AssertMask(right, (c, r, s) => s == 2 && c is >= 20 and < 30 && r is >= 10 and < 20);
    }

    [Fact]
    public void The_area_of_a_circle_is_found()
    {
        using var ct = new LabelledCt();
        var circle = Enumerable.Range(0, 720).Select(i => (45 + (30 * Math.Cos(i * Math.PI / 360)), 44 + (30 * Math.Sin(i * Math.PI / 360)))).ToArray();

        var segment = LabelReader.Read(Save(ct, "circle", [1], [circle]), null, ct.Series).Single().Segments.Single();

        // Gauss's circle: the count of centres differs from the area by far less than the circumference.
        Assert.Equal(Math.PI * 900, SeriesAround.CentreOf(segment.Mask).Count, 60d);
    }

    [Fact]
    public void A_contour_between_the_slices_is_refused()
    {
        using var ct = new LabelledCt();

        var refusal = Assert.Throws<InputRefusedException>(
            () => LabelReader.Read(Save(ct, "Liver", [3.5], [Box(10, 10, 20, 20)]), null, ct.Series));

        Assert.Contains("not drawn on the slices of this series", refusal.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Contours_on_every_second_slice_are_refused()
    {
        using var ct = new LabelledCt();

        var refusal = Assert.Throws<InputRefusedException>(
            () => LabelReader.Read(Save(ct, "Liver", [2, 4, 6, 8], [Box(10, 10, 20, 20)]), null, ct.Series));

        Assert.Contains("every 2. slice", refusal.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_and_regions_without_contours_are_left_out()
    {
        var path = SharedData.PathOf("dicom/rt/rtstruct.dcm");
        var header = StudyReader.Read([path]).Studies[0].Series[0].Header;
        // Planes at z -200, 0 and 200 mm in steps of 200 mm: a grid on which the contours of the sample lie.
        var series = SeriesAround.Of(VolumeGeometry.Axial(81, 81, 3, 10, 10, 200, new Point3(-400, -400, -200)), header);

        var segments = LabelReader.Read(path, null, series).Single().Segments;

        Assert.Equal(["patient"], segments.Select(segment => segment.Label));
        // The first contour is a box of 400 x 300 mm: 40 x 30 pixels of 10 mm.
        Assert.Equal(1200, segments[0].Mask.Slice(0).ToArray().Count(voxel => voxel != 0));
    }

    internal static (double, double)[] Box(double left, double top, double right, double bottom) =>
        [(left, top), (right, top), (right, bottom), (left, bottom)];

    /// <summary>The contours (column, row) on each of the slices.</summary>
    internal static string Save(LabelledCt ct, string name, double[] slices, (double Column, double Row)[][] contours)
    {
        var items = slices.SelectMany(slice => contours.Select(contour => new DicomDataset()
            .AddOrUpdate(DicomTag.ContourGeometricType, "CLOSED_PLANAR")
            .AddOrUpdate(DicomTag.NumberOfContourPoints, contour.Length)
            .AddOrUpdate(DicomTag.ContourData, [.. contour.SelectMany(p =>
            {
                var at = ct.Grid.ToPatient(p.Column, p.Row, slice);
                return new[] { at.X, at.Y, at.Z };
            })])));
        var code = new DicomDataset()
            .AddOrUpdate(DicomTag.CodeValue, "10200004")
            .AddOrUpdate(DicomTag.CodingSchemeDesignator, "SCT")
            .AddOrUpdate(DicomTag.CodeMeaning, "Liver");
        var dataset = new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.RTStructureSetStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, "2.25.77")
            .AddOrUpdate(DicomTag.StudyInstanceUID, ct.Context.Study.Facts.StudyUid)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, "2.25.78")
            .AddOrUpdate(DicomTag.Modality, "RTSTRUCT")
            .AddOrUpdate(DicomTag.Manufacturer, "Planner")
            .AddOrUpdate(DicomTag.ReferencedFrameOfReferenceSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.FrameOfReferenceUID, ct.Series.FrameOfReferenceUid))
            .AddOrUpdate(DicomTag.StructureSetROISequence, new DicomDataset()
                .AddOrUpdate(DicomTag.ROINumber, 4)
                .AddOrUpdate(DicomTag.ROIName, name))
            .AddOrUpdate(DicomTag.ROIContourSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.ReferencedROINumber, 4)
                .AddOrUpdate(DicomTag.ContourSequence, [.. items]))
            .AddOrUpdate(DicomTag.RTROIObservationsSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.ReferencedROINumber, 4)
                .AddOrUpdate(DicomTag.RTROIIdentificationCodeSequence, code));
        var path = ct.Folder.File("structures.dcm");
        DicomFile.Create(dataset).Save(path);
        return path;
    }
}
