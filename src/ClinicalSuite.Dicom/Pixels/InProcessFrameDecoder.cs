namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Decodes in the calling thread.</summary>
internal sealed class InProcessFrameDecoder : IFrameDecoder
{
    public byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        try
        {
            return Prepare(frame, encoded).Decode(frame, encoded);
        }
        catch (DllNotFoundException missing)
        {
            throw Bad($"the decoder is not installed: {missing.Message.Split('\n')[0]}");
        }
    }

    /// <summary>The codec, once it is sure that the frame may be what it claims to be.</summary>
    public static FrameCodec Prepare(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            throw Bad("a frame without a byte");
        }

        var codec = FrameCodec.For(frame.TransferSyntaxUid, encoded.Span)
            ?? throw Bad($"no decoder for {DicomUID.NameOf(frame.TransferSyntaxUid)}: such pixel data are kept as they are");
        if (codec.MostBytesPerByte is { } most && frame.FrameBytes > encoded.Length * most)
        {
            throw Bad($"a frame of {encoded.Length} bytes cannot be as large as Rows and Columns say");
        }

        return codec;
    }

    private static DicomFormatException Bad(string reason) => new(reason, DicomTag.PixelData.ToString());
}
