using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>The frame header of a JPEG or JPEG-LS frame (ITU-T T.81 B.2.2, T.87 C.2.2), read before any decoder is.
/// </summary>
internal sealed record JpegHeader(
    JpegProcess Process, int Precision, int Rows, int Columns, IReadOnlyList<JpegComponent> Components)
{
    /// <summary>Whether a JFIF marker says that three components are YCbCr.</summary>
    public bool IsJfif { get; private init; }

    /// <summary>The transform of Adobe's marker: 0 none, 1 YCbCr; null without the marker.</summary>
    public int? AdobeTransform { get; private init; }

    /// <exception cref="DicomFormatException">There is no whole frame header.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> encoded)
    {
        var isJfif = false;
        int? adobe = null;
        var at = JpegSegment.Start(encoded);
        while (true)
        {
            var segment = JpegSegment.Next(encoded, at);
            var body = encoded[segment.Body];
            if (Enum.IsDefined((JpegProcess)segment.Marker))
            {
                return Of((JpegProcess)segment.Marker, body) with { IsJfif = isJfif, AdobeTransform = adobe };
            }

            isJfif |= segment.Marker == 0xE0 && body.StartsWith("JFIF"u8);
            adobe = segment.Marker == 0xEE && body.Length >= 12 && body.StartsWith("Adobe"u8) ? body[11] : adobe;
            if (segment.Marker is JpegSegment.StartOfScan or JpegSegment.EndOfImage)
            {
                throw JpegSegment.Bad("a JPEG frame without a frame header");
            }

            at = segment.Body.End.Value;
        }
    }

    /// <summary>Compares with what the data set says.</summary>
    /// <exception cref="DicomFormatException">They differ in size, samples or bits.</exception>
    public void Demand(FrameDescription frame) =>
        FrameAgreement.Demand(frame, Columns, Rows, Components.Count, Precision);

    private static JpegHeader Of(JpegProcess process, ReadOnlySpan<byte> body)
    {
        if (body.Length < 6 || body.Length < 6 + (3 * body[5]))
        {
            throw JpegSegment.Bad("a JPEG frame header that is cut off");
        }

        var components = new JpegComponent[body[5]];
        for (var index = 0; index < components.Length; index++)
        {
            var entry = body.Slice(6 + (3 * index), 3);
            components[index] = new JpegComponent(entry[0], entry[1] >> 4, entry[1] & 15, entry[2]);
        }

        return new JpegHeader(
            process, body[0], BinaryPrimitives.ReadUInt16BigEndian(body[1..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[3..]), components);
    }
}
