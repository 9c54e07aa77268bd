namespace ClinicalSuite.Dicom.Pixels;

/// <summary>How the frames of a transfer syntax are decoded.</summary>
/// <param name="IsNative">Whether it calls a native library.</param>
/// <param name="MostBytesPerByte">
/// What one encoded byte can become at most, so that nothing is allocated for frames that cannot be; null where the
/// syntax knows no bound.
/// </param>
internal sealed record FrameCodec(bool IsNative, long? MostBytesPerByte, FrameCodec.Decoding Decode)
{
    public delegate byte[] Decoding(FrameDescription frame, ReadOnlyMemory<byte> encoded);

    // A Huffman code of one bit makes a sample of four bytes at most.
    private static readonly FrameCodec Lossless = new(false, 32, LosslessJpegDecoder.Decode);

    // Two codes of one bit make a block of 64 samples, each of which may stand for 16.
    private static readonly FrameCodec Extended = new(false, 4096, SequentialJpegDecoder.Decode);

    // Progressive scans may leave most of the image untold.
    private static readonly FrameCodec Baseline = new(true, null, TurboJpeg.Decode);

    private static readonly FrameCodec JpegLs = new(true, null, CharLs.Decode);

    private static readonly FrameCodec Jpeg2000 = new(true, null, OpenJpeg.Decode);

    private static readonly FrameCodec Rle = new(false, RleCodec.MaximumDecoded(1), RleCodec.Decode);

    // RFC 1951: 258 bytes from a length of one bit and a distance of one bit.
    private static readonly FrameCodec Deflated = new(false, 1032, PlainFrames.Inflate);

    private static readonly FrameCodec Uncompressed = new(false, 1, PlainFrames.Copy);

    /// <summary>The codec of a frame; the frame itself says which of the JPEG processes it is.</summary>
    /// <returns>Null where nothing here decodes the transfer syntax.</returns>
    /// <exception cref="DicomFormatException">The frame is of a process that is not decoded.</exception>
    public static FrameCodec? For(string transferSyntaxUid, ReadOnlySpan<byte> encoded) => transferSyntaxUid switch
    {
        DicomUID.JPEGBaseline8Bit or DicomUID.JPEGExtended12Bit or DicomUID.JPEGLossless or DicomUID.JPEGLosslessSV1 =>
            OfProcess(JpegHeader.Read(encoded)),
        _ => IsDecoded(transferSyntaxUid) ? OfSyntax(transferSyntaxUid) : null,
    };

    public static bool IsDecoded(string transferSyntaxUid) => transferSyntaxUid is DicomUID.JPEGBaseline8Bit
        or DicomUID.JPEGExtended12Bit or DicomUID.JPEGLossless or DicomUID.JPEGLosslessSV1
        || OfSyntax(transferSyntaxUid) is not null;

    private static FrameCodec? OfSyntax(string uid) => uid switch
    {
        DicomUID.JPEGLSLossless or DicomUID.JPEGLSNearLossless => JpegLs,
        DicomUID.JPEG2000Lossless or DicomUID.JPEG2000 => Jpeg2000,
        DicomUID.HTJ2KLossless or DicomUID.HTJ2KLosslessRPCL
            or DicomUID.HTJ2K => Jpeg2000,
        DicomUID.RLELossless => Rle,
        DicomUID.DeflatedImageFrameCompression => Deflated,
        DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian => Uncompressed,
        _ => null,
    };

    private static FrameCodec OfProcess(JpegHeader header) => header.Process switch
    {
        JpegProcess.Lossless => Lossless,
        JpegProcess.Baseline or JpegProcess.Extended or JpegProcess.Progressive when header.Precision == 8 => Baseline,
        JpegProcess.Baseline or JpegProcess.Extended when header.Precision == 12 => Extended,
        _ => throw new DicomFormatException(
            $"a JPEG frame of {header.Precision} bits whose process ({header.Process}) is not decoded",
            DicomTag.PixelData.ToString()),
    };
}
