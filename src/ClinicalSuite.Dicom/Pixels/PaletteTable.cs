namespace ClinicalSuite.Dicom.Pixels;

/// <summary>One colour of a palette (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6): 8-bit outputs by stored value.</summary>
internal sealed class PaletteTable
{
    private readonly byte[] entries;
    private readonly int firstMapped;

    private PaletteTable(byte[] entries, int firstMapped)
    {
        this.entries = entries;
        this.firstMapped = firstMapped;
    }

    /// <summary>Values beyond either end take the entry at that end.</summary>
    public byte this[int stored] => entries[Math.Clamp(stored - firstMapped, 0, entries.Length - 1)];

    /// <exception cref="DicomFormatException">The table is absent or shorter than its descriptor says.</exception>
    public static PaletteTable Read(DicomDataset dataset, DicomTag descriptorTag, DicomTag dataTag)
    {
        var descriptor = dataset.GetLongs(descriptorTag);
        var bytes = dataset.GetBytes(dataTag).Span;
        if (descriptor.Length != 3)
        {
            throw new DicomFormatException("a palette descriptor without three values", descriptorTag.ToString());
        }

        // The number of entries is unsigned whatever the VR, and 0 stands for 65536.
        var count = (int)(descriptor[0] & 0xFFFF);
        count = count == 0 ? 65536 : count;
        var bits = descriptor[2];
        // Tables of 8 bits come as bytes or, often, as words of which one byte counts.
        var isWords = bits > 8 || bytes.Length >= 2 * count;
        if (bytes.Length < (isWords ? 2L * count : count))
        {
            throw new DicomFormatException("a palette shorter than its descriptor says", dataTag.ToString());
        }

        var entries = new byte[count];
        for (var index = 0; index < count; index++)
        {
            entries[index] = !isWords ? bytes[index] : bits > 8 ? bytes[(2 * index) + 1] : bytes[2 * index];
        }

        return new PaletteTable(entries, (int)descriptor[1]);
    }
}
