namespace ClinicalSuite.Dicom.Pixels;

/// <summary>A Huffman table to decode with (ITU-T T.81 Annex C, F.2.2.3).</summary>
internal sealed class JpegHuffmanTable
{
    private const int QuickBits = 9;
    private const int LongestCode = 16;

    // Length of the code in the high byte, its symbol in the low one; 0 where the code is longer.
    private readonly ushort[] quick = new ushort[1 << QuickBits];
    private readonly int[] beyond = new int[LongestCode + 2];
    private readonly int[] shift = new int[LongestCode + 1];
    private readonly byte[] symbols;

    private JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        this.symbols = symbols.ToArray();
        var code = 0;
        var index = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            shift[length] = index - code;
            for (var item = 0; item < counts[length - 1]; item++, code++, index++)
            {
                if (length <= QuickBits)
                {
                    quick.AsSpan(code << (QuickBits - length), 1 << (QuickBits - length))
                        .Fill((ushort)((length << 8) | symbols[index]));
                }
            }

            // Left-justified, so that one comparison tells whether a code is of this length.
            beyond[length] = code << (LongestCode - length);
            code <<= 1;
        }

        beyond[LongestCode + 1] = int.MaxValue;
    }

    /// <summary>Reads the tables of a DHT segment into their places: AC tables four after DC tables.</summary>
    /// <exception cref="DicomFormatException">A table is cut off or is no prefix code.</exception>
    public static void ReadAll(ReadOnlySpan<byte> body, JpegHuffmanTable?[] tables)
    {
        while (body.Length > 0)
        {
            var total = 0;
            if (body.Length < 1 + LongestCode || body[0] >> 4 > 1 || (body[0] & 15) > 3)
            {
                throw JpegSegment.Bad("a JPEG Huffman table that is cut off");
            }

            var counts = body.Slice(1, LongestCode);
            var room = 1;
            foreach (var count in counts)
            {
                total += count;
                room = (2 * room) - count;
                if (room < 0)
                {
                    throw JpegSegment.Bad("a JPEG Huffman table that is no prefix code");
                }
            }

            if (body.Length < 1 + LongestCode + total)
            {
                throw JpegSegment.Bad("a JPEG Huffman table that is cut off");
            }

            tables[((body[0] >> 4) * 4) + (body[0] & 15)] =
                new JpegHuffmanTable(counts, body.Slice(1 + LongestCode, total));
            body = body[(1 + LongestCode + total)..];
        }
    }

    /// <exception cref="DicomFormatException">The bits are no code of this table.</exception>
    public int Decode(ref JpegBitReader bits)
    {
        var peeked = (int)bits.Peek(LongestCode);
        var entry = quick[peeked >> (LongestCode - QuickBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 0xFF;
        }

        var length = 1;
        while (peeked >= beyond[length])
        {
            length++;
        }

        if (length > LongestCode)
        {
            throw JpegSegment.Bad("JPEG entropy-coded data that are no Huffman code");
        }

        bits.Skip(length);
        return symbols[(peeked >> (LongestCode - length)) + shift[length]];
    }
}
