namespace ClinicalSuite.Evidence.Seg;

/// <summary>
/// Pixels of one bit: least significant bit first, frames following each other without padding, the whole padded to an even
/// number of bytes (PS3.5 8.1.1 and 8.2, PS3.3 C.7.6.3.1.1).
/// </summary>
internal sealed class FrameBits
{
    private readonly byte[] _bytes;
    private long _position;

    /// <exception cref="ArgumentException">More bits than a data set element holds.</exception>
    public FrameBits(long bits)
    {
        var bytes = (bits + 7) / 8;
        bytes += bytes & 1;
        if (bytes > Array.MaxLength)
        {
            throw new ArgumentException($"{bits} bits do not fit in one segmentation", nameof(bits));
        }

        _bytes = new byte[bytes];
    }

    public byte[] Bytes => _bytes;

    /// <summary>Appends one frame: a set bit where the label is a member.</summary>
    public void Append(ReadOnlySpan<byte> labels, ReadOnlySpan<bool> members)
    {
        for (var pixel = 0; pixel < labels.Length; pixel++, _position++)
        {
            if (members[labels[pixel]])
            {
                _bytes[_position >> 3] |= (byte)(1 << (int)(_position & 7));
            }
        }
    }
}
