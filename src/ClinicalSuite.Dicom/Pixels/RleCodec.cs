using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>RLE Lossless (PS3.5 Annex G): a segment for each byte of each sample, most significant first.</summary>
internal static class RleCodec
{
    private const int HeaderBytes = 64;
    private const int MaximumSegments = 15;

    /// <summary>Two bytes become at most 128: what encoded bytes can never exceed.</summary>
    public static long MaximumDecoded(long encoded) => encoded * 64;

    public static byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded)
    {
        if (frame.BitsAllocated is not (8 or 16 or 32))
        {
            throw new DicomFormatException(
                $"RLE has no place for {frame.BitsAllocated} bits", DicomTag.BitsAllocated.ToString());
        }

        var cells = new byte[frame.FrameBytes];
        Decode(encoded.Span, frame.SamplesPerPixel, frame.BitsAllocated / 8, frame.IsPlanar, cells);
        return cells;
    }

    /// <summary>Decodes one frame.</summary>
    /// <param name="encoded">All fragments of the frame, one after another.</param>
    /// <param name="bytesPerSample">1, 2 or 4.</param>
    /// <param name="isPlanar">True to lay samples out plane by plane, false pixel by pixel.</param>
    /// <param name="frame">The frame, little-endian; its length is pixels * samples * bytesPerSample.</param>
    /// <exception cref="DicomFormatException">The segments are not what the header says.</exception>
    public static void Decode(
        ReadOnlySpan<byte> encoded, int samples, int bytesPerSample, bool isPlanar, Span<byte> frame)
    {
        if (encoded.Length < HeaderBytes)
        {
            throw Bad("an RLE frame shorter than its header");
        }

        var segments = BinaryPrimitives.ReadUInt32LittleEndian(encoded);
        if (segments != samples * bytesPerSample || segments > MaximumSegments)
        {
            throw Bad($"{segments} RLE segments where {samples * bytesPerSample} are needed");
        }

        var pixels = frame.Length / (samples * bytesPerSample);
        for (var segment = 0; segment < segments; segment++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(encoded[(4 + (4 * segment))..]);
            var end = segment + 1 < segments
                ? BinaryPrimitives.ReadUInt32LittleEndian(encoded[(8 + (4 * segment))..])
                : (uint)encoded.Length;
            if (start < HeaderBytes || end < start || end > encoded.Length)
            {
                throw Bad($"RLE segment {segment + 1} lies outside the frame");
            }

            var sample = segment / bytesPerSample;
            var significance = bytesPerSample - 1 - (segment % bytesPerSample);
            var first = isPlanar
                ? (sample * pixels * bytesPerSample) + significance
                : (sample * bytesPerSample) + significance;
            var step = isPlanar ? bytesPerSample : samples * bytesPerSample;
            if (!TryDecodeSegment(encoded[(int)start..(int)end], frame[first..], step, pixels))
            {
                throw Bad($"RLE segment {segment + 1} is shorter than {pixels} pixels");
            }
        }
    }

    /// <summary>Encodes one frame whose samples are laid out pixel by pixel or plane by plane.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> frame, int samples, int bytesPerSample, bool isPlanar)
    {
        var segments = samples * bytesPerSample;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, MaximumSegments);
        var pixels = frame.Length / segments;
        var plane = new byte[pixels];
        using var encoded = new MemoryStream();
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)segments);
        encoded.Write(header);
        for (var segment = 0; segment < segments; segment++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4 + (4 * segment)), (uint)encoded.Position);
            var sample = segment / bytesPerSample;
            var significance = bytesPerSample - 1 - (segment % bytesPerSample);
            var first = (isPlanar ? sample * pixels : sample) * bytesPerSample + significance;
            var step = isPlanar ? bytesPerSample : segments;
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                plane[pixel] = frame[first + (pixel * step)];
            }

            EncodeSegment(plane, encoded);
        }

        encoded.Position = 0;
        encoded.Write(header);
        return encoded.ToArray();
    }

    private static bool TryDecodeSegment(ReadOnlySpan<byte> segment, Span<byte> frame, int step, int pixels)
    {
        var written = 0;
        for (var index = 0; index < segment.Length && written < pixels;)
        {
            int control = unchecked((sbyte)segment[index++]);
            if (control >= 0)
            {
                var count = Math.Min(control + 1, Math.Min(pixels - written, segment.Length - index));
                for (var item = 0; item < count; item++)
                {
                    frame[(written + item) * step] = segment[index + item];
                }

                index += control + 1;
                written += count;
            }
            else if (control != -128 && index < segment.Length)
            {
                var count = Math.Min(1 - control, pixels - written);
                var value = segment[index++];
                for (var item = 0; item < count; item++)
                {
                    frame[(written + item) * step] = value;
                }

                written += count;
            }
        }

        return written == pixels;
    }

    /// <summary>Runs of three or more are replicated; everything else is literal (PS3.5 G.3.1).</summary>
    private static void EncodeSegment(ReadOnlySpan<byte> plane, MemoryStream target)
    {
        for (var index = 0; index < plane.Length;)
        {
            var run = RunLength(plane, index);
            if (run >= 3)
            {
                target.WriteByte((byte)(257 - run));
                target.WriteByte(plane[index]);
                index += run;
                continue;
            }

            var start = index;
            while (index < plane.Length && index - start < 128 && RunLength(plane, index) < 3)
            {
                index++;
            }

            target.WriteByte((byte)(index - start - 1));
            target.Write(plane[start..index]);
        }

        if ((target.Position & 1) == 1)
        {
            target.WriteByte(0);
        }
    }

    private static int RunLength(ReadOnlySpan<byte> plane, int index)
    {
        var length = 1;
        while (length < 128 && index + length < plane.Length && plane[index + length] == plane[index])
        {
            length++;
        }

        return length;
    }

    private static DicomFormatException Bad(string reason) => new(reason, DicomTag.PixelData.ToString());
}
