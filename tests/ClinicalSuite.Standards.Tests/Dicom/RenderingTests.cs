using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

public class RenderingTests
{
    /// <summary>Center 2 over 0..4, worked out by hand from PS3.3 C.11.2.1.2.1 and C.11.2.1.3.</summary>
    [Theory]
    [InlineData("LINEAR", 5.0, new byte[] { 32, 96, 159, 223, 255 })]
    [InlineData("LINEAR_EXACT", 7.0, new byte[] { 55, 91, 128, 164, 200 })]
    [InlineData("SIGMOID", 5.0, new byte[] { 43, 79, 128, 176, 212 })]
    public void A_window_gives_the_grey_levels_of_its_function(string function, double width, byte[] levels)
    {
        var dataset = Grey([0, 1, 2, 3, 4])
            .AddOrUpdate(DicomTag.WindowCenter, 2.0)
            .AddOrUpdate(DicomTag.WindowWidth, width)
            .AddOrUpdate(DicomTag.VOILUTFunction, function);

        Assert.Equal(levels, Render(dataset));
    }

    [Fact]
    public void A_window_that_is_asked_for_takes_the_place_of_the_image_s_own()
    {
        var dataset = Grey([0, 1, 2, 3, 4]).AddOrUpdate(DicomTag.WindowCenter, 2.0).AddOrUpdate(DicomTag.WindowWidth, 5.0);

        var levels = Render(dataset, new FrameRendering { Window = new DicomWindow(2.5, 1, "") });

        Assert.Equal([0, 0, 0, 255, 255], levels);
    }

    [Fact]
    public void Without_a_window_the_frame_s_own_range_is_shown_and_monochrome1_is_inverse()
    {
        var dataset = Grey([100, 150, 200, 100, 300]);
        Assert.Equal([0, 64, 128, 0, 255], Render(dataset));

        dataset.AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME1");
        Assert.Equal([255, 191, 127, 255, 0], Render(dataset));
    }

    [Fact]
    public void Padding_is_black_and_does_not_widen_the_range()
    {
        var dataset = Grey([100, 150, 200, 100, 60000], "MONOCHROME1")
            .AddOrUpdate(DicomTag.PixelPaddingValue, 50000)
            .AddOrUpdate(DicomTag.PixelPaddingRangeLimit, 65535);

        Assert.Equal([255, 127, 0, 255, 0], Render(dataset));
    }

    [Fact]
    public void Modality_and_voi_tables_are_applied_one_after_the_other()
    {
        var dataset = Grey([0, 1, 2, 3, 9])
            .AddOrUpdate(DicomTag.ModalityLUTSequence, Table([4, 1, 16], [10, 20, 30, 40]))
            .AddOrUpdate(DicomTag.VOILUTSequence, Table([3, 19, 8], [0, 100, 255]));

        // Stored 0 and 1 are 10, 2 is 20, 3 is 30, 9 is 40; then 19 and below is the first entry.
        Assert.Equal([0, 0, 100, 255, 255], Render(dataset));
        var values = new float[5];
        DicomPixelData.Create(dataset).ReadValues(0, values);
        Assert.Equal([10f, 10, 20, 30, 40], values);
    }

    [Fact]
    public void A_segmented_palette_is_runs_ramps_and_repeats()
    {
        // Two entries; a ramp of four up to 1280; the first segment again; the ramp's end again.
        ushort[] segments = [0, 2, 256, 256, 1, 4, 1280, 2, 1, 0, 0];
        var dataset = PixelTests.Image(1, 8, 1, 8, false, 1, [0, 1, 2, 3, 4, 5, 6, 7])
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "PALETTE COLOR");
        foreach (var (descriptor, data) in new[]
        {
            (DicomTag.RedPaletteColorLookupTableDescriptor, DicomTag.SegmentedRedPaletteColorLookupTableData),
            (DicomTag.GreenPaletteColorLookupTableDescriptor, DicomTag.SegmentedGreenPaletteColorLookupTableData),
            (DicomTag.BluePaletteColorLookupTableDescriptor, DicomTag.SegmentedBluePaletteColorLookupTableData),
        })
        {
            dataset.AddOrUpdate(DicomVR.US, descriptor, 8, 0, 16)
                .AddOrUpdate(DicomVR.OW, data, segments.SelectMany(BitConverter.GetBytes).ToArray());
        }

        var red = Render(dataset).Where((_, index) => index % 3 == 0).ToArray();

        Assert.Equal([1, 1, 2, 3, 4, 5, 1, 1], red);
    }

    [Fact]
    public void A_frame_is_reduced_to_fit_by_means_and_never_enlarged()
    {
        var dataset = PixelTests.Image(2, 4, 1, 8, false, 1, [0, 10, 100, 110, 20, 30, 120, 130]);
        var pixels = DicomPixelData.Create(dataset);

        var small = pixels.RenderFrame(0, new FrameRendering { MaximumColumns = 2, MaximumRows = 900 });

        Assert.Equal((2, 1, 1), (small.Columns, small.Rows, small.SamplesPerPixel));
        Assert.Equal([15, 115], small.Pixels.ToArray());
        Assert.Equal(4, pixels.RenderFrame(0, new FrameRendering { MaximumColumns = 50 }).Columns);
    }

    private static byte[] Render(DicomDataset dataset, FrameRendering? rendering = null) =>
        DicomPixelData.Create(dataset).RenderFrame(0, rendering).Pixels.ToArray();

    private static DicomDataset Table(int[] descriptor, int[] entries) => new DicomDataset()
        .AddOrUpdate(DicomVR.US, DicomTag.LUTDescriptor, descriptor)
        .AddOrUpdate(DicomVR.US, DicomTag.LUTData, entries);

    private static DicomDataset Grey(ushort[] values, string photometric = "MONOCHROME2") =>
        PixelTests.Image(1, values.Length, 1, 16, false, 1, values.SelectMany(BitConverter.GetBytes).ToArray())
            .AddOrUpdate(DicomTag.PhotometricInterpretation, photometric);
}
