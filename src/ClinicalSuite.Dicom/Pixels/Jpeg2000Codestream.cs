using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>The main header of a JPEG 2000 codestream (ITU-T T.800 A.5.1), read before any decoder is.</summary>
internal static class Jpeg2000Codestream
{
    private static ReadOnlySpan<byte> Opening => [0xFF, 0x4F, 0xFF, 0x51];

    /// <summary>
    /// The codestream itself: PS3.5 8.2.4 asks for it alone, but some senders leave it in the boxes of a JP2 file.
    /// </summary>
    public static ReadOnlyMemory<byte> In(ReadOnlyMemory<byte> encoded)
    {
        var bytes = encoded.Span;
        if (bytes.StartsWith(Opening))
        {
            return encoded;
        }

        for (var at = 0L; at + 8 <= bytes.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            var header = 8;
            if (length == 1 && at + 16 <= bytes.Length)
            {
                length = BinaryPrimitives.ReadInt64BigEndian(bytes[(int)(at + 8)..]);
                header = 16;
            }

            if (bytes.Slice((int)at + 4, 4).SequenceEqual("jp2c"u8) && at + header < bytes.Length)
            {
                return encoded[(int)(at + header)..];
            }

            if (length < header || length > bytes.Length - at)
            {
                break;
            }

            at += length;
        }

        throw JpegSegment.Bad("a frame that does not start as JPEG 2000");
    }

    /// <exception cref="DicomFormatException">The codestream differs from the data set in size, samples or bits.
    /// </exception>
    public static void Demand(FrameDescription frame, ReadOnlySpan<byte> codestream)
    {
        const int Fixed = 42, PerComponent = 3;
        if (!codestream.StartsWith(Opening) || codestream.Length < Fixed)
        {
            throw JpegSegment.Bad("a JPEG 2000 codestream without its size");
        }

        var components = BinaryPrimitives.ReadUInt16BigEndian(codestream[40..]);
        if (components == 0 || codestream.Length < Fixed + (PerComponent * components))
        {
            throw JpegSegment.Bad("a JPEG 2000 codestream without its components");
        }

        var precision = 0;
        for (var component = 0; component < components; component++)
        {
            var entry = codestream.Slice(Fixed + (PerComponent * component), PerComponent);
            precision = Math.Max(precision, (entry[0] & 0x7F) + 1);
            if (entry[1] != 1 || entry[2] != 1)
            {
                throw JpegSegment.Bad("JPEG 2000 components that are subsampled");
            }
        }

        long right = BinaryPrimitives.ReadUInt32BigEndian(codestream[8..]);
        long bottom = BinaryPrimitives.ReadUInt32BigEndian(codestream[12..]);
        long left = BinaryPrimitives.ReadUInt32BigEndian(codestream[16..]);
        long top = BinaryPrimitives.ReadUInt32BigEndian(codestream[20..]);
        FrameAgreement.Demand(frame, right - left, bottom - top, components, precision);
    }
}
