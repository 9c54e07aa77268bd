using System.Security.Cryptography;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

public class PixelTests
{
    public static TheoryData<string, string> SamePixels => new()
    {
        { "codec-wg04/CT1_UNC", "codec-wg04/CT1_RLE" },
        { "codec-wg04/MR1_UNC", "codec-wg04/MR1_RLE" },
        { "codec-wg04/NM1_UNC", "codec-wg04/NM1_RLE" },
        { "codec-wg04/US1_UNC", "codec-wg04/US1_RLE" },
        { "syntax-family/MR_small.dcm", "syntax-family/MR_small_RLE.dcm" },
        { "syntax-family/MR_small.dcm", "syntax-family/MR_small_bigendian.dcm" },
        { "syntax-family/MR_small.dcm", "syntax-family/MR_small_expb.dcm" },
        { "syntax-family/MR_small.dcm", "syntax-family/MR_small_implicit.dcm" },
        { "syntax-family/MR_small.dcm", "syntax-family/MR_small_padded.dcm" },
    };

    [Theory]
    [MemberData(nameof(SamePixels))]
    public void The_same_image_in_two_transfer_syntaxes_has_the_same_pixels(string first, string second)
    {
        var folder = SharedData.Folder("dicom");
        var left = DicomPixelData.Create(DicomFile.Open(Path.Combine(folder, first)));
        var right = DicomPixelData.Create(DicomFile.Open(Path.Combine(folder, second)));

        Assert.Equal(left.NumberOfFrames, right.NumberOfFrames);
        for (var frame = 0; frame < left.NumberOfFrames; frame++)
        {
            Assert.Equal(Values(left, frame), Values(right, frame));
        }
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(3, 1, false)]
    [InlineData(3, 1, true)]
    [InlineData(3, 2, false)]
    [InlineData(1, 4, false)]
    public void Rle_frames_come_back_from_fragments_split_anywhere(int samples, int bytesPerSample, bool isPlanar)
    {
        var random = new Random(7);
        const int Rows = 31, Columns = 17, Frames = 3;
        var frameBytes = Rows * Columns * samples * bytesPerSample;
        var pixels = new byte[Frames * frameBytes];
        for (var index = 0; index < pixels.Length; index++)
        {
            pixels[index] = (byte)(random.Next(4) == 0 ? random.Next(256) : index / 97);
        }

        var dataset = Image(Rows, Columns, samples, 8 * bytesPerSample, isPlanar, Frames, pixels);
        var encoded = DicomPixelData.Encode(dataset, DicomTransferSyntax.RLELossless);
        var split = Split(encoded, random);
        using var stream = new MemoryStream();
        DicomFile.Create(split, DicomTransferSyntax.RLELossless).Save(stream);
        var read = DicomPixelData.Create(DicomFile.Open(stream.ToArray()));

        Assert.True(read.Fragments!.Fragments.Count > 2 * Frames);
        for (var frame = 0; frame < Frames; frame++)
        {
            Assert.Equal(pixels.AsSpan(frame * frameBytes, frameBytes).ToArray(), read.GetFrame(frame).ToArray());
        }
    }

    [Fact]
    public void One_bit_frames_run_on_across_byte_borders()
    {
        const int Rows = 3, Columns = 5, Frames = 4;
        var bits = Enumerable.Range(0, Rows * Columns * Frames).Select(index => index % 7 is 0 or 3 ? 1 : 0).ToArray();
        var packed = new byte[8];
        for (var index = 0; index < bits.Length; index++)
        {
            packed[index / 8] |= (byte)(bits[index] << (index % 8));
        }

        var pixels = DicomPixelData.Create(Image(Rows, Columns, 1, 1, false, Frames, packed));

        for (var frame = 0; frame < Frames; frame++)
        {
            Assert.Equal(bits[(frame * 15)..((frame + 1) * 15)], Values(pixels, frame));
        }
    }

    [Fact]
    public void Stored_values_are_the_bits_below_the_high_bit_with_their_sign()
    {
        // Twelve bits, signed, an overlay bit above: 7FFH is 2047, 800H is -2048, bit 12 does not count.
        var dataset = Image(1, 3, 1, 16, false, 1, [0xFF, 0x17, 0x00, 0x08, 0xFF, 0x0F])
            .AddOrUpdate(DicomTag.BitsStored, 12)
            .AddOrUpdate(DicomTag.HighBit, 11)
            .AddOrUpdate(DicomTag.PixelRepresentation, 1)
            .AddOrUpdate(DicomTag.RescaleSlope, 2.0)
            .AddOrUpdate(DicomTag.RescaleIntercept, -1024.0);
        var pixels = DicomPixelData.Create(dataset);
        var values = new float[3];
        pixels.ReadValues(0, values);

        Assert.Equal([2047, -2048, -1], Values(pixels, 0));
        Assert.Equal([3070f, -5120f, -1026f], values);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.110", "JPEG XL Lossless")]
    [InlineData("1.2.840.10008.1.2.4.107", "HEVC")]
    [InlineData("1.2.840.10008.1.2.4.94", "JPIP")]
    [InlineData("1.3.6.1.4.1.99999.1", "1.3.6.1.4.1.99999.1")]
    public void Syntaxes_that_nobody_decodes_are_kept_and_the_refusal_names_them(string uid, string name)
    {
        var syntax = DicomTransferSyntax.Of(uid);
        var dataset = Image(4, 4, 1, 16, false, 1, new byte[32]);
        if (syntax.IsEncapsulated)
        {
            dataset.AddOrUpdate(new DicomFragmentSequence(
                DicomTag.PixelData, DicomVR.OB, [new DicomFragment(new byte[] { 1, 2, 3, 4 })]));
        }
        else
        {
            dataset.Remove(DicomTag.PixelData).AddOrUpdate(DicomVR.UR, DicomTag.PixelDataProviderURL, "http://a/b");
        }

        using var written = new MemoryStream();
        DicomFile.Create(dataset, syntax).Save(written);
        var file = DicomFile.Open(written.ToArray());
        using var copy = new MemoryStream();
        file.Save(copy);

        Assert.Equal(written.ToArray(), copy.ToArray());
        var refusal = Assert.Throws<DicomFormatException>(
            () => DicomPixelData.Encode(file.Dataset, DicomTransferSyntax.JPEG2000Lossless));
        if (syntax.IsEncapsulated)
        {
            var pixels = DicomPixelData.Create(file);
            Assert.False(pixels.CanDecode);
            Assert.Equal(Hash(pixels.Fragments!), Hash(DicomPixelData.Create(DicomFile.Open(copy.ToArray())).Fragments!));
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        }
    }

    private static string Hash(DicomFragmentSequence sequence) => string.Join(',', sequence.Fragments.Select(
        fragment => Convert.ToHexStringLower(SHA256.HashData(fragment.Read().Span))));

    [Fact]
    public void Pixel_data_shorter_than_rows_and_columns_say_are_refused()
    {
        var dataset = Image(4, 4, 1, 16, false, 1, new byte[30]);

        var refusal = Assert.Throws<DicomFormatException>(() => DicomPixelData.Create(dataset));

        Assert.Equal("(7FE0,0010)", refusal.TagPath);
    }

    [Theory]
    [InlineData("pixel-odd/SC_rgb_small_odd.dcm")]
    [InlineData("pixel-odd/SC_rgb_small_odd_big_endian.dcm")]
    [InlineData("pixel-odd/SC_ybr_full_422_uncompressed.dcm")]
    [InlineData("pixel-odd/TestPattern_Palette_16.dcm")]
    [InlineData("us-multiframe/OBXXXX1A_rle_2frame.dcm")]
    [InlineData("us-multiframe/color-pl.dcm")]
    public void Colour_images_become_rgb(string name)
    {
        var pixels = DicomPixelData.Create(DicomFile.Open(Path.Combine(SharedData.Folder("dicom"), name)));

        var rgb = pixels.GetRgbFrame(pixels.NumberOfFrames - 1);

        Assert.Equal(3 * pixels.Rows * pixels.Columns, rgb.Length);
        Assert.True(rgb.Distinct().Count() > 3);
    }

    internal static DicomDataset Image(
        int rows, int columns, int samples, int bits, bool isPlanar, int frames, byte[] pixels) => new DicomDataset()
        .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, DicomUID.FromSeed("pixels"))
        .AddOrUpdate(DicomTag.SamplesPerPixel, samples)
        .AddOrUpdate(DicomTag.PhotometricInterpretation, samples == 3 ? "RGB" : "MONOCHROME2")
        .AddOrUpdate(DicomTag.PlanarConfiguration, isPlanar ? 1 : 0)
        .AddOrUpdate(DicomTag.NumberOfFrames, frames)
        .AddOrUpdate(DicomTag.Rows, rows)
        .AddOrUpdate(DicomTag.Columns, columns)
        .AddOrUpdate(DicomTag.BitsAllocated, bits)
        .AddOrUpdate(DicomTag.BitsStored, bits)
        .AddOrUpdate(DicomTag.HighBit, bits - 1)
        .AddOrUpdate(DicomTag.PixelRepresentation, 0)
        .AddOrUpdate(DicomTag.PixelData, pixels);

    private static int[] Values(DicomPixelData pixels, int frame)
    {
        var values = new int[pixels.SamplesPerFrame];
        pixels.ReadStoredValues(frame, values);
        return values;
    }

    /// <summary>The same frames in fragments of odd places, with the offset table that then is needed.</summary>
    private static DicomDataset Split(DicomDataset encoded, Random random)
    {
        var whole = (DicomFragmentSequence)encoded.GetElement(DicomTag.PixelData);
        var parts = new List<DicomFragment>();
        var offsets = new List<uint>();
        var at = 0;
        foreach (var bytes in whole.Fragments.Select(fragment => fragment.Read()))
        {
            offsets.Add((uint)at);
            for (var start = 0; start < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - start, 2 * random.Next(1, 20));
                parts.Add(new DicomFragment(bytes.Slice(start, length)));
                start += length;
                at += 8 + length;
            }
        }

        return encoded.AddOrUpdate(new DicomFragmentSequence(DicomTag.PixelData, DicomVR.OB, parts, offsets));
    }
}
