using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Palettes told as runs and ramps (PS3.3 C.7.9.2).</summary>
internal static class SegmentedPalette
{
    private const int Discrete = 0;
    private const int Linear = 1;
    private const int Indirect = 2;

    /// <summary>The entries that the segments stand for.</summary>
    /// <exception cref="DicomFormatException">The segments do not make as many entries as the descriptor says.
    /// </exception>
    public static ushort[] Expand(DicomDataset dataset, DicomTag tag, int count, int bits)
    {
        var words = Words(dataset.GetBytes(tag).Span, bits);
        var entries = new List<ushort>(count);
        var at = 0;
        while (at < words.Length && entries.Count < count)
        {
            // A trailing pad byte is no segment.
            if (at + 1 >= words.Length)
            {
                break;
            }

            at = words[at] == Indirect
                ? Repeat(words, at, bits, entries, count)
                : Append(words, at, entries, count);
            if (at < 0)
            {
                throw new DicomFormatException("a palette segment that is cut off or unknown", dataset.PathOf(tag));
            }
        }

        return entries.Count == count
            ? [.. entries]
            : throw new DicomFormatException(
                $"palette segments make {entries.Count} entries, not {count}", dataset.PathOf(tag));
    }

    /// <returns>Where the next segment starts; -1 where this one is no segment.</returns>
    private static int Append(ushort[] words, int at, List<ushort> entries, int count)
    {
        var length = words[at + 1];
        switch (words[at])
        {
            case Discrete when at + 2 + length <= words.Length:
                for (var index = 0; index < length && entries.Count < count; index++)
                {
                    entries.Add(words[at + 2 + index]);
                }

                return at + 2 + length;
            case Linear when at + 2 < words.Length && entries.Count > 0:
                int from = entries[^1], to = words[at + 2];
                for (var index = 1; index <= length && entries.Count < count; index++)
                {
                    entries.Add((ushort)(from + Math.Round((to - from) * (double)index / length)));
                }

                return at + 3;
            default:
                return -1;
        }
    }

    /// <summary>Segments from elsewhere in the data, once more; those cannot be indirect themselves.</summary>
    private static int Repeat(ushort[] words, int at, int bits, List<ushort> entries, int count)
    {
        var offsetWords = bits <= 8 ? 4 : 2;
        if (at + 2 + offsetWords > words.Length)
        {
            return -1;
        }

        var offset = 0L;
        for (var index = offsetWords - 1; index >= 0; index--)
        {
            offset = (offset << (bits <= 8 ? 8 : 16)) | words[at + 2 + index];
        }

        offset = bits <= 8 ? offset : offset / 2;
        for (int segment = 0; segment < words[at + 1]; segment++)
        {
            if (offset < 0 || offset + 1 >= words.Length || words[(int)offset] == Indirect)
            {
                return -1;
            }

            offset = Append(words, (int)offset, entries, count);
        }

        return offset < 0 ? -1 : at + 2 + offsetWords;
    }

    private static ushort[] Words(ReadOnlySpan<byte> bytes, int bits)
    {
        var words = new ushort[bits <= 8 ? bytes.Length : bytes.Length / 2];
        for (var index = 0; index < words.Length; index++)
        {
            words[index] = bits <= 8 ? bytes[index] : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * index)..]);
        }

        return words;
    }
}
