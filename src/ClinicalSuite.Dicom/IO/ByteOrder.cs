namespace ClinicalSuite.Dicom.IO;

internal static class ByteOrder
{
    /// <summary>The bytes with each unit turned round; bytes after the last whole unit stay.</summary>
    public static byte[] Swapped(ReadOnlySpan<byte> bytes, int unit)
    {
        var swapped = bytes.ToArray();
        for (var index = 0; index + unit <= swapped.Length; index += unit)
        {
            swapped.AsSpan(index, unit).Reverse();
        }

        return swapped;
    }
}
