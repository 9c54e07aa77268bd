using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>Frames in fragments and processes of JPEG that few senders use, each with the decode that must come of it.</summary>
public class EncapsulationTests
{
    private const int Rows = 12;
    private const int Columns = 10;
    private const int FrameCount = 3;

    public static TheoryData<string, DicomOffsetTable> Split()
    {
        var rows = new TheoryData<string, DicomOffsetTable>();
        foreach (var syntax in new[] { DicomUID.JPEGLosslessSV1, DicomUID.JPEGLSLossless, DicomUID.JPEG2000Lossless })
        {
            foreach (var table in Enum.GetValues<DicomOffsetTable>())
            {
                rows.Add(syntax, table);
            }
        }

        return rows;
    }

    /// <summary>With a basic table, with the extended one's offsets, and with none, where only the start of an image tells.</summary>
    [Theory]
    [MemberData(nameof(Split))]
    public void Frames_in_several_fragments_are_put_together(string syntax, DicomOffsetTable table)
    {
        var cells = Enumerable.Range(0, FrameCount).SelectMany(_ => EncodedFrames.Cells(Rows, Columns)).ToArray();
        cells.AsSpan(0, 40).Clear();
        var dataset = EncodedFrames.Image(Rows, Columns, cells).AddOrUpdate(DicomTag.NumberOfFrames, FrameCount);
        var encoded = DicomPixelData.Encode(dataset, DicomTransferSyntax.Of(syntax));
        var (fragments, offsets) = Pieces((DicomFragmentSequence)encoded.GetElement(DicomTag.PixelData));
        encoded.AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, DicomVR.OB, fragments,
            table == DicomOffsetTable.Basic ? offsets.Select(offset => (uint)offset) : []));
        if (table == DicomOffsetTable.Extended)
        {
            encoded.AddOrUpdate(DicomVR.OV, DicomTag.ExtendedOffsetTable, offsets.SelectMany(BitConverter.GetBytes).ToArray());
        }

        using var stream = new MemoryStream();
        DicomFile.Create(encoded, DicomTransferSyntax.Of(syntax)).Save(stream);
        var read = DicomPixelData.Create(DicomFile.Open(stream.ToArray()));
        var truth = DicomPixelData.Create(dataset);

        Assert.True(read.Fragments!.Fragments.Count > FrameCount);
        for (var frame = 0; frame < FrameCount; frame++)
        {
            Assert.Equal(Frames.Values(truth, frame), Frames.Values(read, frame));
        }
    }

    /// <summary>Written by dcmtk, judged by what went in.</summary>
    [Theory]
    [InlineData("+el", "+sv", "1")]
    [InlineData("+el", "+sv", "2")]
    [InlineData("+el", "+sv", "3")]
    [InlineData("+el", "+sv", "4")]
    [InlineData("+el", "+sv", "5")]
    [InlineData("+el", "+sv", "6")]
    [InlineData("+el", "+sv", "7")]
    [InlineData("+e1")]
    public void Every_predictor_of_lossless_jpeg_is_undone(params string[] options)
    {
        var cells = EncodedFrames.Cells(Rows, Columns);
        var frame = Description(DicomUID.JPEGLossless, 16);

        Assert.Equal(cells, FrameDecoding.InProcess.Decode(frame, EncodedFrames.ByDcmtk(Rows, Columns, cells, options)));
    }

    /// <summary>Worked out by hand: restart intervals of one line, and a point transform of two bits.</summary>
    [Fact]
    public void Restart_intervals_and_the_point_transform_of_lossless_jpeg()
    {
        // One code: category 1 is '0', category 0 is '10' (DHT: one code of one bit, one of two).
        byte[] encoded =
        [
            0xFF, 0xD8,
            0xFF, 0xC4, 0, 21, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0,
            0xFF, 0xC3, 0, 11, 8, 0, 2, 0, 2, 1, 1, 0x11, 0,
            0xFF, 0xDD, 0, 4, 0, 2,
            0xFF, 0xDA, 0, 8, 1, 1, 0, 7, 0, 2,
            // +1 and 0 from 32: 33 33; after the restart -1 and +1 from 32: 31 32.
            0b01_10_1111, 0xFF, 0xD0, 0b00_01_1111,
            0xFF, 0xD9,
        ];
        var frame = Description(DicomUID.JPEGLossless, 8) with { Rows = 2, Columns = 2, BitsStored = 8 };

        Assert.Equal([132, 132, 124, 128], FrameDecoding.InProcess.Decode(frame, encoded));
    }

    [Theory]
    [InlineData(DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian)]
    [InlineData(DicomUID.DeflatedImageFrameCompression)]
    public void Frames_that_are_native_inside_their_fragments_are_read(string syntax)
    {
        var cells = EncodedFrames.Cells(Rows, Columns);
        var dataset = EncodedFrames.Image(Rows, Columns, cells).AddOrUpdate(DicomTag.NumberOfFrames, 2);
        var encoded = EncodedFrames.Of(syntax, Rows, Columns);
        dataset.AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, DicomVR.OB, [new DicomFragment(encoded), new DicomFragment(encoded)]));
        using var stream = new MemoryStream();
        DicomFile.Create(dataset, DicomTransferSyntax.Of(syntax)).Save(stream);

        var read = DicomFile.Open(stream.ToArray());

        Assert.Equal(cells, DicomPixelData.Create(read).GetFrame(1).ToArray());
        Assert.Equal([.. cells, .. cells], DicomPixelData.Decode(read.Dataset).GetBytes(DicomTag.PixelData).ToArray());
    }

    /// <summary>JPEG colours by what data set and stream say of them; the picture is a pure red.</summary>
    [Theory]
    [InlineData("YBR_FULL_422", "YBR_FULL")]
    [InlineData("YBR_FULL", "YBR_FULL")]
    [InlineData("RGB", "RGB")]
    public void Baseline_colours_come_out_as_they_were(string photometric, string native)
    {
        var red = new byte[3 * 16 * 16];
        for (var pixel = 0; pixel < 256; pixel++)
        {
            red[3 * pixel] = 255;
        }

        var dataset = PixelTests.Image(16, 16, 3, 8, false, 1, red)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, photometric)
            .AddOrUpdate(new DicomFragmentSequence(DicomTag.PixelData, DicomVR.OB,
                [new DicomFragment(new RenderedFrame(16, 16, 3, red).ToJpeg())]));
        var pixels = DicomPixelData.Create(dataset, DicomTransferSyntax.JPEGBaseline8Bit);

        var rgb = pixels.GetRgbFrame(0);

        Assert.Equal(native, pixels.NativePhotometricInterpretation);
        Assert.All(red.Zip(rgb), pair => Assert.InRange(pair.Second - pair.First, -2, 2));
        var decoded = DicomPixelData.Decode(dataset, DicomTransferSyntax.JPEGBaseline8Bit);
        Assert.Equal(native, decoded.GetString(DicomTag.PhotometricInterpretation));
        Assert.Equal("01", decoded.GetString(DicomTag.LossyImageCompression));
        Assert.Equal("ISO_10918_1", decoded.GetString(DicomTag.LossyImageCompressionMethod));
        Assert.Equal(rgb, DicomPixelData.Create(decoded).GetRgbFrame(0));
    }

    [Fact]
    public void An_icon_that_is_compressed_with_its_image_is_native_beside_another_syntax()
    {
        var icon = PixelTests.Image(4, 4, 1, 8, false, 1, [.. Enumerable.Range(0, 16).Select(i => (byte)i)]);
        var dataset = DicomPixelData.Encode(
            EncodedFrames.Image(Rows, Columns, EncodedFrames.Cells(Rows, Columns)), DicomTransferSyntax.RLELossless);
        dataset.AddOrUpdate(DicomTag.IconImageSequence, DicomPixelData.Encode(icon, DicomTransferSyntax.RLELossless));
        using var stream = new MemoryStream();
        DicomFile.Create(dataset, DicomTransferSyntax.RLELossless).Save(stream);

        var native = DicomPixelData.Encode(DicomFile.Open(stream.ToArray()).Dataset, DicomTransferSyntax.JPEGLSLossless);

        Assert.True(native.TryGetFirstItem(DicomTag.IconImageSequence, out var item));
        Assert.Equal(icon.GetBytes(DicomTag.PixelData).ToArray(), item.GetBytes(DicomTag.PixelData).ToArray());
    }

    private static FrameDescription Description(string syntax, int bitsAllocated) => new()
    {
        TransferSyntaxUid = syntax,
        Columns = Columns,
        Rows = Rows,
        SamplesPerPixel = 1,
        BitsAllocated = bitsAllocated,
        BitsStored = 12,
        PhotometricInterpretation = "MONOCHROME2",
    };

    private static (List<DicomFragment> Fragments, List<long> Offsets) Pieces(DicomFragmentSequence whole)
    {
        var fragments = new List<DicomFragment>();
        var offsets = new List<long>();
        var at = 0L;
        foreach (var bytes in whole.Fragments.Select(fragment => fragment.Read()))
        {
            offsets.Add(at);
            for (var start = 0; start < bytes.Length; start += 50)
            {
                var piece = bytes.Slice(start, Math.Min(50, bytes.Length - start));
                fragments.Add(new DicomFragment(piece));
                at += 8 + piece.Length + (piece.Length & 1);
            }
        }

        return (fragments, offsets);
    }
}
