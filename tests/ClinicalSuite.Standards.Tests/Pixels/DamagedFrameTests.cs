using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>Codecs in managed code, damage of fixed seeds: only <see cref="DicomFormatException"/> comes out.</summary>
public class DamagedFrameTests
{
    private static readonly int Mutants = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1" ? 100_000 : 3000;

    private static FrameDescription Grey(string syntax, int rows = 21, int columns = 19) => new()
    {
        TransferSyntaxUid = syntax,
        Columns = columns,
        Rows = rows,
        SamplesPerPixel = 1,
        BitsAllocated = 16,
        BitsStored = 12,
        PhotometricInterpretation = "MONOCHROME2",
    };

    [Theory]
    [InlineData(DicomUID.RLELossless)]
    [InlineData(DicomUID.JPEGLosslessSV1)]
    [InlineData(DicomUID.JPEGExtended12Bit)]
    [InlineData(DicomUID.DeflatedImageFrameCompression)]
    [InlineData(DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian)]
    public void Mutants_of_a_frame_are_decoded_or_refused(string syntax)
    {
        var frame = Grey(syntax);
        var encoded = EncodedFrames.Of(syntax, frame.Rows, frame.Columns);
        Assert.Equal(frame.FrameBytes, FrameDecoding.InProcess.Decode(frame, encoded).Length);
        var random = new Random(3);
        var refused = 0;
        for (var count = 0; count < Mutants; count++)
        {
            try
            {
                Assert.Equal(frame.FrameBytes, FrameDecoding.InProcess.Decode(frame, Damage(encoded, random)).Length);
            }
            catch (DicomFormatException refusal)
            {
                refused++;
                Assert.NotEmpty(refusal.Reason);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{DicomUID.NameOf(syntax)}: {refused} of {Mutants} refused");
        Assert.InRange(refused, 1, Mutants);
    }

    [Theory]
    [InlineData(DicomUID.RLELossless)]
    [InlineData(DicomUID.JPEGLosslessSV1)]
    [InlineData(DicomUID.JPEGExtended12Bit)]
    [InlineData(DicomUID.DeflatedImageFrameCompression)]
    [InlineData(DicomUID.JPEGLSLossless)]
    [InlineData(DicomUID.JPEG2000Lossless)]
    public void A_frame_that_is_cut_off_is_refused_not_filled_up(string syntax)
    {
        var frame = Grey(syntax);
        var encoded = EncodedFrames.Of(syntax, frame.Rows, frame.Columns);

        Assert.Throws<DicomFormatException>(() => FrameDecoding.InProcess.Decode(frame, encoded.AsMemory(0, encoded.Length * 3 / 4)));
        Assert.Throws<DicomFormatException>(() => FrameDecoding.InProcess.Decode(frame, encoded.AsMemory(0, 10)));
        Assert.Throws<DicomFormatException>(() => FrameDecoding.InProcess.Decode(frame, ReadOnlyMemory<byte>.Empty));
    }

    [Theory]
    [InlineData(DicomUID.JPEGLosslessSV1)]
    [InlineData(DicomUID.JPEGExtended12Bit)]
    [InlineData(DicomUID.JPEGLSLossless)]
    [InlineData(DicomUID.JPEG2000Lossless)]
    public void A_header_that_disagrees_with_the_data_set_is_refused_with_the_attribute(string syntax)
    {
        var frame = Grey(syntax);
        var encoded = EncodedFrames.Of(syntax, frame.Rows, frame.Columns);
        foreach (var (other, tag) in new[]
        {
            (frame with { Rows = 20 }, DicomTag.Rows), (frame with { Columns = 20 }, DicomTag.Columns),
            (frame with { SamplesPerPixel = 3 }, DicomTag.SamplesPerPixel),
            (frame with { BitsAllocated = 8, BitsStored = 8 }, DicomTag.BitsAllocated),
        })
        {
            var refusal = Assert.Throws<DicomFormatException>(() => FrameDecoding.InProcess.Decode(other, encoded));
            Assert.Equal(tag.ToString(), refusal.TagPath);
        }
    }

    /// <summary>Sixty megabytes of frame from a kilobyte: refused before anything is set aside.</summary>
    [Theory]
    [InlineData(DicomUID.RLELossless)]
    [InlineData(DicomUID.DeflatedImageFrameCompression)]
    [InlineData(DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian)]
    public void What_cannot_be_as_large_as_the_data_set_says_takes_no_memory(string syntax)
    {
        var encoded = EncodedFrames.Of(syntax, 21, 19);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DicomFormatException>(() => FrameDecoding.InProcess.Decode(Grey(syntax, 6000, 5000), encoded));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void The_refusal_of_a_frame_names_its_number_tag_and_offset()
    {
        var dataset = DicomPixelData.Encode(
            PixelTests.Image(4, 4, 1, 8, false, 2, new byte[32]), DicomTransferSyntax.JPEGLosslessSV1);
        var whole = (DicomFragmentSequence)dataset.GetElement(DicomTag.PixelData);
        dataset.AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, DicomVR.OB, [whole.Fragments[0], new DicomFragment(whole.Fragments[1].Read()[..20])]));
        using var stream = new MemoryStream();
        DicomFile.Create(dataset, DicomTransferSyntax.JPEGLosslessSV1).Save(stream);
        var pixels = DicomPixelData.Create(DicomFile.Open(stream.ToArray()));

        Assert.Equal(16, pixels.GetFrame(0).Length);
        var refusal = Assert.Throws<DicomFormatException>(() => pixels.GetFrame(1).Length);

        Assert.StartsWith("frame 2: ", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal("(7FE0,0010)", refusal.TagPath);
        Assert.NotNull(refusal.Offset);
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = 0xFF;
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. bytes[(at / 2)..]];
                    break;
                default:
                    bytes = bytes[..Math.Max(1, at)];
                    break;
            }
        }

        return bytes;
    }
}
