namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Bits of entropy-coded data, stuffed bytes removed (ITU-T T.81 F.2.2.5); stops at the next marker.</summary>
internal ref struct JpegBitReader(ReadOnlySpan<byte> encoded, int start)
{
    private readonly ReadOnlySpan<byte> encoded = encoded;
    private ulong window;
    private int available;
    private int invented;

    /// <summary>Where the next byte is taken from: the marker, once the data have ended.</summary>
    public int Position { get; private set; } = start;

    /// <summary>True once bits were asked for that the data do not have.</summary>
    public readonly bool IsOverrun => available < invented;

    /// <summary>The next bits without taking them, at most 16; zeros where the data have ended.</summary>
    public uint Peek(int count)
    {
        if (available < count)
        {
            Fill();
        }

        return unchecked((uint)(window >> (available - count))) & ((1u << count) - 1);
    }

    /// <summary>Takes bits that were seen.</summary>
    public void Skip(int count) => available -= count;

    /// <summary>Takes bits, at most 16.</summary>
    public uint Take(int count)
    {
        var bits = Peek(count);
        available -= count;
        return bits;
    }

    /// <summary>The signed number of a Huffman category (ITU-T T.81 F.2.2.1, EXTEND).</summary>
    public int TakeSigned(int category)
    {
        if (category == 0)
        {
            return 0;
        }

        var value = (int)Take(category);
        return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
    }

    /// <summary>Passes the restart marker that must come next; its number is not held against it.</summary>
    /// <returns>False where something else comes.</returns>
    public bool TryRestart()
    {
        // Whole bytes that were read ahead belong to the data before the marker and are lost with the padding.
        while (Position + 1 < encoded.Length)
        {
            if (encoded[Position] != 0xFF || encoded[Position + 1] is 0x00 or 0xFF)
            {
                Position++;
                continue;
            }

            if (encoded[Position + 1] is < JpegSegment.FirstRestart or > JpegSegment.LastRestart)
            {
                return false;
            }

            Position += 2;
            (window, available, invented) = (0, 0, 0);
            return true;
        }

        return false;
    }

    private void Fill()
    {
        while (available <= 48)
        {
            byte next = 0;
            if (Position < encoded.Length && encoded[Position] != 0xFF)
            {
                next = encoded[Position++];
            }
            else if (Position + 1 < encoded.Length && encoded[Position + 1] == 0)
            {
                next = 0xFF;
                Position += 2;
            }
            else
            {
                invented += 8;
            }

            window = (window << 8) | next;
            available += 8;
        }
    }
}
