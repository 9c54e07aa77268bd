using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>What is encoded comes back, whatever the size, depth, sign and planes.</summary>
public class LosslessRoundTripTests
{
    public static TheoryData<string> Written => new(
        DicomUID.RLELossless, DicomUID.JPEGLosslessSV1, DicomUID.JPEGLSLossless, DicomUID.JPEG2000Lossless);

    private sealed record Shape(
        int Rows, int Columns, int Frames, int Stored, bool IsWide, bool IsSigned, int Samples, bool IsPlanar, int Seed,
        int Noise, DicomOffsetTable Table);

    private static Gen<Shape> Shapes =>
        from rows in Gen.Choose(1, 37)
        from columns in Gen.Choose(1, 37)
        from frames in Gen.Choose(1, 3)
        from stored in Gen.Choose(1, 16)
        from wide in Gen.Elements(true, false)
        from signed in Gen.Elements(true, false)
        from samples in Gen.Elements(1, 1, 3)
        from planar in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from noise in Gen.Elements(0, 1, 40, 70000)
        from table in Gen.Elements(DicomOffsetTable.Basic, DicomOffsetTable.Extended, DicomOffsetTable.None)
        select new Shape(rows, columns, frames, stored, wide || stored > 8, signed && stored > 1, samples,
            planar && samples == 3, seed, noise, table);

    [Theory]
    [MemberData(nameof(Written))]
    public void Random_images_come_back_bit_by_bit(string uid)
    {
        var syntax = DicomTransferSyntax.Of(uid);
        Prop.ForAll(Shapes.ToArbitrary(), shape =>
        {
            var dataset = Make(shape);
            using var stream = new MemoryStream();
            DicomFile.Create(DicomPixelData.Encode(dataset, syntax, shape.Table), syntax).Save(stream);
            var read = DicomFile.Open(stream.ToArray());
            var before = DicomPixelData.Create(dataset);
            var after = DicomPixelData.Create(read);
            Assert.Equal(shape.Table == DicomOffsetTable.Extended, read.Dataset.Contains(DicomTag.ExtendedOffsetTable));
            for (var frame = 0; frame < shape.Frames; frame++)
            {
                Assert.Equal(Frames.Values(before, frame), Frames.Values(after, frame));
            }

            var native = DicomPixelData.Decode(read.Dataset);
            Assert.Equal(before.PhotometricInterpretation, native.GetString(DicomTag.PhotometricInterpretation));
            Assert.False(native.Contains(DicomTag.ExtendedOffsetTable));
            if (before.IsPlanar == after.IsPlanar)
            {
                Assert.Equal(dataset.GetBytes(DicomTag.PixelData).ToArray(), native.GetBytes(DicomTag.PixelData).ToArray());
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Bits_beside_those_stored_come_back_too(string uid)
    {
        // Twelve bits stored, signed, the sign not extended, and an overlay of old in bit 15.
        byte[] cells = [0xFF, 0x0F, 0x00, 0x88, 0x34, 0x82, 0x01, 0x00];
        var dataset = PixelTests.Image(2, 2, 1, 16, false, 1, cells)
            .AddOrUpdate(DicomTag.BitsStored, 12).AddOrUpdate(DicomTag.HighBit, 11)
            .AddOrUpdate(DicomTag.PixelRepresentation, 1);

        var encoded = DicomPixelData.Encode(dataset, DicomTransferSyntax.Of(uid));

        Assert.Equal(cells, DicomPixelData.Create(encoded).GetFrame(0).ToArray());
    }

    [Fact]
    public void Colours_are_told_as_they_are_written()
    {
        var dataset = PixelTests.Image(2, 2, 3, 8, true, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

        var jpeg2000 = DicomPixelData.Encode(dataset, DicomTransferSyntax.JPEG2000Lossless);
        var jpegLs = DicomPixelData.Encode(dataset, DicomTransferSyntax.JPEGLSLossless);

        Assert.Equal("YBR_RCT", jpeg2000.GetString(DicomTag.PhotometricInterpretation));
        Assert.Equal("RGB", jpegLs.GetString(DicomTag.PhotometricInterpretation));
        Assert.Equal(0, jpeg2000.GetInt(DicomTag.PlanarConfiguration));
        Assert.Equal(0, jpegLs.GetInt(DicomTag.PlanarConfiguration));
        Assert.Equal([1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12], DicomPixelData.Create(jpeg2000).GetRgbFrame(0));
    }

    [Theory]
    [InlineData(DicomUID.JPEGLSLossless, "(0028,0101)", "JPEG-LS")]
    [InlineData(DicomUID.JPEG2000Lossless, "(0028,0101)", "JPEG 2000")]
    [InlineData(DicomUID.JPEGBaseline8Bit, "(7FE0,0010)", "JPEG Baseline")]
    public void What_a_syntax_has_no_place_for_is_refused_by_name(string uid, string tag, string name)
    {
        var dataset = PixelTests.Image(1, 2, 1, 32, false, 1, [255, 255, 255, 255, 0, 0, 0, 0]);

        var refusal = Assert.Throws<DicomFormatException>(
            () => DicomPixelData.Encode(dataset, DicomTransferSyntax.Of(uid)));

        Assert.Equal(tag, refusal.TagPath);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    private static DicomDataset Make(Shape shape)
    {
        var random = new Random(shape.Seed);
        var count = shape.Rows * shape.Columns * shape.Samples * shape.Frames;
        var size = shape.IsWide ? 2 : 1;
        var cells = new byte[(count * size) + (count * size % 2)];
        var range = 1 << shape.Stored;
        for (var index = 0; index < count; index++)
        {
            var value = ((index * 3) + (shape.Noise > 0 ? random.Next(shape.Noise) : 0)) % range;
            value = shape.IsSigned ? value - (range / 2) : value;
            cells[index * size] = (byte)(value & 0xFF);
            if (shape.IsWide)
            {
                cells[(index * size) + 1] = (byte)((value >> 8) & 0xFF);
            }
        }

        return PixelTests.Image(
                shape.Rows, shape.Columns, shape.Samples, 8 * size, shape.IsPlanar, shape.Frames, cells)
            .AddOrUpdate(DicomTag.BitsStored, shape.Stored)
            .AddOrUpdate(DicomTag.HighBit, shape.Stored - 1)
            .AddOrUpdate(DicomTag.PixelRepresentation, shape.IsSigned ? 1 : 0);
    }
}
