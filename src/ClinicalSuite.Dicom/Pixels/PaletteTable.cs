namespace ClinicalSuite.Dicom.Pixels;

/// <summary>One colour of a palette (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6): 8-bit outputs by stored value.</summary>
internal sealed class PaletteTable
{
    private readonly LookupTable table;
    private readonly int shift;

    private PaletteTable(LookupTable table)
    {
        this.table = table;
        shift = table.Bits - 8;
    }

    /// <summary>Values beyond either end take the entry at that end.</summary>
    public byte this[int stored] => (byte)((table[stored] >> shift) & 0xFF);

    /// <exception cref="DicomFormatException">The table is absent or shorter than its descriptor says.</exception>
    public static PaletteTable Read(
        DicomDataset dataset, DicomTag descriptorTag, DicomTag dataTag, DicomTag segmentedTag, bool isSigned)
    {
        var (count, first, bits) = LookupTable.Descriptor(dataset, descriptorTag, isSigned);
        var isSegmented = !dataset.Contains(dataTag) && dataset.Contains(segmentedTag);
        var entries = isSegmented
            ? SegmentedPalette.Expand(dataset, segmentedTag, count, bits)
            : LookupTable.Words(dataset, dataTag, count, bits, out _);
        var greatest = entries.Max();
        // Some senders say 16 bits and write 8: such a palette would show nothing but black. Others do the reverse.
        return new PaletteTable(new LookupTable(entries, first, greatest > 255 ? 16 : 8));
    }
}
