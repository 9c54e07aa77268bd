using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>A marker segment (ITU-T T.81 B.1.1.4).</summary>
/// <param name="Body">What follows the length; empty for markers that stand alone.</param>
internal readonly record struct JpegSegment(byte Marker, Range Body)
{
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte HuffmanTables = 0xC4;
    public const byte QuantizationTables = 0xDB;
    public const byte RestartInterval = 0xDD;
    public const byte FirstRestart = 0xD0;
    public const byte LastRestart = 0xD7;

    /// <summary>Where the first segment starts.</summary>
    /// <exception cref="DicomFormatException">The bytes do not start as JPEG.</exception>
    public static int Start(ReadOnlySpan<byte> encoded) =>
        encoded is [0xFF, StartOfImage, ..] ? 2 : throw Bad("a frame that does not start as JPEG");

    /// <summary>The next segment from a place on; fill bytes are passed over.</summary>
    /// <exception cref="DicomFormatException">There is none, or it is cut off.</exception>
    public static JpegSegment Next(ReadOnlySpan<byte> encoded, int at)
    {
        while (at < encoded.Length && (encoded[at] != 0xFF || at + 1 >= encoded.Length
            || encoded[at + 1] is 0xFF or 0x00))
        {
            at++;
        }

        if (at + 1 >= encoded.Length)
        {
            throw Bad("a JPEG frame that is cut off");
        }

        var marker = encoded[at + 1];
        at += 2;
        if (marker is 0x01 or (>= FirstRestart and <= EndOfImage))
        {
            return new JpegSegment(marker, at..at);
        }

        var length = at + 1 < encoded.Length ? BinaryPrimitives.ReadUInt16BigEndian(encoded[at..]) : 0;
        return length >= 2 && at + length <= encoded.Length
            ? new JpegSegment(marker, (at + 2)..(at + length))
            : throw Bad("a JPEG segment that is cut off");
    }

    public static DicomFormatException Bad(string reason) => new(reason, DicomTag.PixelData.ToString());
}
