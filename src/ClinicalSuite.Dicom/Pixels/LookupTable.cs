using System.Buffers.Binary;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>A table of a modality, VOI or palette transformation (PS3.3 C.11.1.1.1, C.7.6.3.1.5).</summary>
internal sealed class LookupTable
{
    private readonly ushort[] entries;
    private readonly int firstMapped;

    internal LookupTable(ushort[] entries, int firstMapped, int bits)
    {
        this.entries = entries;
        this.firstMapped = firstMapped;
        Bits = bits;
    }

    /// <summary>Values beyond either end take the entry at that end.</summary>
    public ushort this[int stored] =>
        entries[(int)Math.Clamp((long)stored - firstMapped, 0L, entries.Length - 1)];

    /// <summary>Significant bits of an entry.</summary>
    public int Bits { get; }

    /// <summary>The greatest number that an entry may say.</summary>
    public int Greatest => (1 << Bits) - 1;

    /// <summary>The table of an item of a LUT sequence.</summary>
    /// <param name="isSigned">Whether the values that go in may be below zero.</param>
    /// <exception cref="DicomFormatException">The table is absent or shorter than its descriptor says.</exception>
    public static LookupTable Read(DicomDataset item, bool isSigned)
    {
        var (count, first, bits) = Descriptor(item, DicomTag.LUTDescriptor, isSigned);
        var entries = Words(item, DicomTag.LUTData, count, bits, out var isBytes);
        // Senders say 8 for what takes 12 bits, or 16 for bytes: what stands in the table decides.
        var greatest = entries.Max();
        var significant = isBytes ? 8 : bits;
        while (significant < 16 && greatest >> significant != 0)
        {
            significant++;
        }

        return new LookupTable(entries, first, significant);
    }

    /// <summary>Entries, first value mapped, bits of an entry.</summary>
    internal static (int Count, int First, int Bits) Descriptor(DicomDataset item, DicomTag tag, bool isSigned)
    {
        var descriptor = item.GetLongs(tag);
        if (descriptor.Length != 3 || descriptor[2] is < 1 or > 16)
        {
            throw new DicomFormatException(
                "a LUT descriptor is three values, the last 1 to 16", item.PathOf(tag));
        }

        // The number of entries is unsigned whatever the VR, and 0 stands for 65536.
        var count = (int)(descriptor[0] & 0xFFFF);
        var first = (int)(short.MinValue <= descriptor[1] && descriptor[1] <= ushort.MaxValue ? descriptor[1] : 0);
        if (isSigned && first > short.MaxValue)
        {
            first -= 65536;
        }

        return (count == 0 ? 65536 : count, first, (int)descriptor[2]);
    }

    /// <summary>Entries as they stand; tables of 8 bits come as bytes or, often, as words of which one counts.
    /// </summary>
    internal static ushort[] Words(DicomDataset item, DicomTag tag, int count, int bits, out bool isBytes)
    {
        var bytes = item.GetBytes(tag).Span;
        isBytes = bits <= 8 && bytes.Length < 2L * count;
        if (bytes.Length < (isBytes ? count : 2L * count))
        {
            throw new DicomFormatException("a LUT shorter than its descriptor says", item.PathOf(tag));
        }

        var entries = new ushort[count];
        for (var index = 0; index < count; index++)
        {
            entries[index] = isBytes ? bytes[index] : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * index)..]);
        }

        return entries;
    }
}
