namespace ClinicalSuite.Dicom.Pixels;

/// <summary>A scan header (ITU-T T.81 B.2.3).</summary>
/// <param name="Components">Places of the scan's components in the frame header.</param>
/// <param name="Tables">For each of them, its DC and AC table.</param>
/// <param name="Start">Ss: start of the spectrum, or the predictor of a lossless scan.</param>
/// <param name="Low">Al: the point transform of a lossless scan.</param>
internal sealed record JpegScan(
    IReadOnlyList<int> Components, IReadOnlyList<(int Dc, int Ac)> Tables, int Start, int End, int Low)
{
    /// <exception cref="DicomFormatException">The header is cut off or names components that are not there.</exception>
    public static JpegScan Read(ReadOnlySpan<byte> body, IReadOnlyList<JpegComponent> frame)
    {
        if (body.Length < 1 || body[0] is < 1 or > 4 || body.Length < 4 + (2 * body[0]))
        {
            throw JpegSegment.Bad("a JPEG scan header that is cut off");
        }

        var components = new int[body[0]];
        var tables = new (int, int)[body[0]];
        for (var index = 0; index < components.Length; index++)
        {
            var id = body[1 + (2 * index)];
            var place = -1;
            for (var candidate = 0; candidate < frame.Count && place < 0; candidate++)
            {
                // Two components of one id are told apart by their order.
                place = frame[candidate].Id == id && !components.AsSpan(0, index).Contains(candidate) ? candidate : -1;
            }

            if (place < 0)
            {
                throw JpegSegment.Bad("a JPEG scan of components that the frame does not have");
            }

            components[index] = place;
            tables[index] = ((body[2 + (2 * index)] >> 4) & 3, 4 + (body[2 + (2 * index)] & 3));
        }

        var rest = body[(1 + (2 * components.Length))..];
        return new JpegScan(components, tables, rest[0], rest[1], rest[2] & 15);
    }
}
