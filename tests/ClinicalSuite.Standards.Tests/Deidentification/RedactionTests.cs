using System.Runtime.InteropServices;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Deidentification;

public sealed class RedactionTests : IDisposable
{
    private const int Rows = 24;
    private const int Columns = 32;
    private const int Frames = 3;

    private static readonly RedactionRules Band = RedactionRules.Parse(
        """{"rules":[{"match":{"Modality":"us","ManufacturerModelName":"EPIQ*"},"areas":[{"x":0,"y":0,"width":1000,"height":6}]}]}""");

    private readonly string scratch = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(scratch);

    [Theory]
    [InlineData("MONOCHROME2", 16, 12, false, false, 0)]
    [InlineData("MONOCHROME2", 16, 16, true, false, -32768)]
    [InlineData("MONOCHROME1", 16, 10, false, false, 1023)]
    [InlineData("PALETTE COLOR", 8, 8, false, false, 0)]
    [InlineData("RGB", 8, 8, false, false, 0)]
    [InlineData("RGB", 8, 8, false, true, 0)]
    [InlineData("YBR_FULL", 8, 8, false, true, 0)]
    public void The_band_is_black_in_each_frame_and_the_rest_is_untouched(
        string photometric, int allocated, int stored, bool isSigned, bool isPlanar, int black)
    {
        var before = Image(photometric, allocated, stored, isSigned, isPlanar);

        var done = Done(before, Treatment.Plan() with { Redaction = Band });

        Assert.True(done.IsRedacted);
        Assert.Equal("NO", done.Dataset.GetString(DicomTag.BurnedInAnnotation));
        Assert.Contains("113101", done.Dataset.GetSequence(DicomTag.DeidentificationMethodCodeSequence)
            .Select(code => code.GetString(DicomTag.CodeValue)));
        var samples = photometric is "RGB" or "YBR_FULL" ? 3 : 1;
        for (var frame = 0; frame < Frames; frame++)
        {
            var was = Values(before, frame);
            var now = Values(done.Dataset, frame);
            for (var index = 0; index < was.Length; index++)
            {
                var pixel = isPlanar ? index % (Rows * Columns) : index / samples;
                var sample = isPlanar ? index / (Rows * Columns) : index % samples;
                var expected = pixel / Columns >= 6 ? was[index] : photometric == "YBR_FULL" && sample > 0 ? 128 : black;
                Assert.Equal(expected, now[index]);
            }
        }
    }

    [Theory]
    [InlineData(DicomUID.RLELossless, DicomUID.RLELossless)]
    [InlineData(DicomUID.JPEGLSLossless, DicomUID.JPEGLSLossless)]
    [InlineData(DicomUID.JPEG2000Lossless, DicomUID.JPEG2000Lossless)]
    public void Compressed_frames_are_decoded_blanked_and_written_in_their_syntax(string syntax, string expected)
    {
        var native = Image("MONOCHROME2", 16, 12, false, false);
        var encoded = DicomPixelData.Encode(native, DicomTransferSyntax.Of(syntax));

        var done = Done(encoded, Treatment.Plan() with { Redaction = Band });

        Assert.Equal(expected, done.Syntax.Uid);
        using var file = new MemoryStream();
        DicomFile.Create(done.Dataset, done.Syntax).Save(file);
        var read = DicomFile.Open(file.ToArray()).Dataset;
        for (var frame = 0; frame < Frames; frame++)
        {
            Assert.All(Values(read, frame).Take(6 * Columns), value => Assert.Equal(0, value));
            Assert.Equal(Values(native, frame).Skip(6 * Columns), Values(read, frame).Skip(6 * Columns));
        }
    }

    [Fact]
    public void Outside_of_the_regions_of_an_ultrasound_image_all_is_blank()
    {
        var image = Image("MONOCHROME2", 8, 8, false, false).AddOrUpdate(DicomTag.SequenceOfUltrasoundRegions,
            Region(2, 8, 10, 20), Region(20, 8, 31, 23));
        var plan = Treatment.Plan() with { BlanksOutsideUltrasoundRegions = true };

        var values = Values(Done(image, plan).Dataset, 1);

        var was = Values(image, 1);
        for (var index = 0; index < values.Length; index++)
        {
            var (row, column) = (index / Columns, index % Columns);
            var isKept = row >= 8 && ((column is >= 2 and <= 10 && row <= 20) || (column >= 20 && row <= 23));
            Assert.Equal(isKept ? was[index] : 0, values[index]);
        }

        Assert.Contains("names none", Treatment.Refused(Image("MONOCHROME2", 8, 8, false, false), plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_may_name_somebody_are_refused_until_a_rule_speaks_of_them_or_they_are_accepted()
    {
        var ultrasound = Image("MONOCHROME2", 8, 8, false, false);
        var capture = Image("MONOCHROME2", 8, 8, false, false).AddOrUpdate(DicomTag.Modality, "CT")
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage).AddOrUpdate(DicomTag.BurnedInAnnotation, "NO");
        var annotated = Ct().AddOrUpdate(DicomTag.BurnedInAnnotation, "YES");
        var digitized = Ct().AddOrUpdate(DicomTag.ConversionType, "DF");
        var slide = Ct().AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "LABEL");
        var accepting = Treatment.Plan() with { AcceptsBurnedIn = true };
        var looked = Treatment.Plan() with
        {
            Redaction = RedactionRules.Parse("""{"rules":[{"match":{"SOPClassUID":"*"}}]}"""),
        };

        foreach (var image in new[] { ultrasound, capture, annotated, digitized, slide })
        {
            Assert.Contains("a redaction rule for its kind", Treatment.Refused(image), StringComparison.Ordinal);
            Assert.False(Done(image, accepting).IsRedacted);
            Assert.False(Done(image, looked).IsRedacted);
        }

        Assert.Equal("YES", Done(annotated, accepting).Dataset.GetString(DicomTag.BurnedInAnnotation));
        Assert.False(Done(Ct(), Treatment.Plan()).IsRedacted);
        var face = Ct().AddOrUpdate(DicomTag.RecognizableVisualFeatures, "YES");
        Assert.Contains("recognized", Treatment.Refused(face, accepting), StringComparison.Ordinal);
        Done(face, Treatment.Plan() with { AcceptsVisualFeatures = true });
    }

    [Fact]
    public void An_overlay_in_free_bits_of_the_pixels_is_cleared()
    {
        var image = Ct().AddOrUpdate(DicomVR.US, new DicomTag(0x6000, 0x0102), 15).AddOrUpdate(DicomVR.US, new DicomTag(0x6000, 0x0100), 16);
        var cells = image.GetBytes(DicomTag.PixelData).ToArray();
        var words = MemoryMarshal.Cast<byte, ushort>(cells.AsSpan());
        for (var index = 0; index < words.Length; index++)
        {
            words[index] |= (ushort)((index & 1) << 15);
        }

        image.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, cells);

        var done = Done(image, Treatment.Plan());

        var left = MemoryMarshal.Cast<byte, ushort>(done.Dataset.GetBytes(DicomTag.PixelData).Span).ToArray();
        Assert.All(left, word => Assert.Equal(0, word & 0x8000));
        Assert.Equal(Values(Ct(), 0), Values(done.Dataset, 0));
        Assert.DoesNotContain(done.Dataset, element => element.Tag.Group == 0x6000);
    }

    [Fact]
    public void Pixels_that_must_be_blanked_and_cannot_be_decoded_are_not_written()
    {
        var film = Image("MONOCHROME2", 8, 8, false, false).AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, DicomVR.OB, [new DicomFragment(new byte[] { 1, 2, 3, 4 })]));
        using var file = new MemoryStream();
        DicomFile.Create(film, DicomTransferSyntax.Of(DicomUID.HEVCMP51)).Save(file);

        Assert.Throws<DicomFormatException>(() =>
            Done(DicomFile.Open(file.ToArray()).Dataset, Treatment.Plan() with { Redaction = Band }));
        Assert.Throws<DicomFormatException>(() => Done(
            Ct().AddOrUpdate(DicomTag.Modality, "US").AddOrUpdate(DicomTag.ManufacturerModelName, "EPIQ").AddOrUpdate(DicomTag.BitsAllocated, 1)
                .AddOrUpdate(DicomTag.BitsStored, 1).AddOrUpdate(DicomTag.HighBit, 0),
            Treatment.Plan() with { Redaction = Band }));
    }

    [Theory]
    [InlineData("{\"rules\":[{\"match\":{}}]}", "names no attribute")]
    [InlineData("{\"rules\":[{\"match\":{\"Modalty\":\"US\"}}]}", "Modalty is no attribute")]
    [InlineData("{\"rules\":[{\"match\":{\"Modality\":\"US\"},\"area\":[]}]}", "area")]
    [InlineData("{\"rules\":[{\"match\":{\"Modality\":\"US\"},\"areas\":[{\"x\":-1,\"width\":2,\"height\":2}]}]}", "negative")]
    [InlineData("{}", "rules")]
    public void Rules_that_cannot_be_meant_are_refused(string json, string why) => Assert.Contains(
        why, Assert.Throws<InvalidDataException>(() => RedactionRules.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Pixels_that_stay_as_they_are_are_never_read_into_memory()
    {
        const int Megabytes = 48;
        var path = scratch + ".dcm";
        var image = Ct().AddOrUpdate(DicomTag.Rows, 4096).AddOrUpdate(DicomTag.Columns, 6144)
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, new byte[Megabytes << 20]);
        DicomFile.Create(image).Save(path);
        try
        {
            var source = DicomFile.Open(path).Dataset;
            var before = GC.GetAllocatedBytesForCurrentThread();

            var done = Done(source, Treatment.Plan());
            DicomFile.Create(done.Dataset, done.Syntax).Save(scratch);

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
            Assert.True(new FileInfo(scratch).Length > Megabytes << 20);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private DeidentificationOutcome.Done Done(DicomDataset image, DeidentificationPlan plan) =>
        Assert.IsType<DeidentificationOutcome.Done>(new Deidentifier(plan).Apply(image, scratch));

    private static int[] Values(DicomDataset image, int frame)
    {
        var pixels = DicomPixelData.Create(image);
        var values = new int[pixels.SamplesPerFrame];
        pixels.ReadStoredValues(frame, values);
        return values;
    }

    private static DicomDataset Region(int left, int top, int right, int bottom) => new DicomDataset()
        .AddOrUpdate(DicomTag.RegionLocationMinX0, left).AddOrUpdate(DicomTag.RegionLocationMinY0, top)
        .AddOrUpdate(DicomTag.RegionLocationMaxX1, right).AddOrUpdate(DicomTag.RegionLocationMaxY1, bottom);

    private static DicomDataset Ct() => Image("MONOCHROME2", 16, 12, false, false)
        .AddOrUpdate(DicomTag.Modality, "CT").AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
        .AddOrUpdate(DicomTag.NumberOfFrames, 1);

    private static DicomDataset Image(string photometric, int allocated, int stored, bool isSigned, bool isPlanar)
    {
        var samples = photometric is "RGB" or "YBR_FULL" ? 3 : 1;
        var random = new Random(11);
        var cells = new byte[Frames * Rows * Columns * samples * allocated / 8];
        random.NextBytes(cells);
        if (allocated == 16 && !isSigned)
        {
            foreach (ref var word in MemoryMarshal.Cast<byte, ushort>(cells.AsSpan()))
            {
                word &= (ushort)((1 << stored) - 1);
            }
        }

        return Treatment.Object()
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.UltrasoundMultiFrameImageStorage)
            .AddOrUpdate(DicomTag.Modality, "US")
            .AddOrUpdate(DicomTag.ManufacturerModelName, "EPIQ 7")
            .AddOrUpdate(DicomTag.SamplesPerPixel, samples)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, photometric)
            .AddOrUpdate(DicomTag.PlanarConfiguration, isPlanar ? 1 : 0)
            .AddOrUpdate(DicomTag.NumberOfFrames, Frames)
            .AddOrUpdate(DicomTag.Rows, Rows)
            .AddOrUpdate(DicomTag.Columns, Columns)
            .AddOrUpdate(DicomTag.BitsAllocated, allocated)
            .AddOrUpdate(DicomTag.BitsStored, stored)
            .AddOrUpdate(DicomTag.HighBit, stored - 1)
            .AddOrUpdate(DicomTag.PixelRepresentation, isSigned ? 1 : 0)
            .AddOrUpdate(allocated == 8 ? DicomVR.OB : DicomVR.OW, DicomTag.PixelData, cells);
    }
}
