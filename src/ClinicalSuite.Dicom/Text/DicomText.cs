namespace ClinicalSuite.Dicom.Text;

/// <summary>Text values: decoded first and split afterwards, joined first and encoded afterwards.</summary>
internal static class DicomText
{
    private static readonly char[] Padding = [' ', '\0'];

    public static string[] Decode(ReadOnlySpan<byte> bytes, DicomVR vr, DicomCharacterSet characterSet)
    {
        var end = bytes.Length;
        while (end > 0 && bytes[end - 1] is 0 or (byte)' ')
        {
            end--;
        }

        if (end == 0)
        {
            return [];
        }

        var text = (vr.UsesCharacterSet ? characterSet : DicomCharacterSet.Default).Decode(bytes[..end], vr);
        if (vr.IsSingleText)
        {
            return [text];
        }

        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return [Trim(text, vr)];
        }

        var values = text.Split('\\');
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Trim(values[index], vr);
        }

        return values;
    }

    public static byte[] Encode(string[] values, DicomTag tag, DicomVR vr, DicomCharacterSet characterSet)
    {
        var text = string.Join('\\', values);
        if (!characterSet.TryEncode(text, vr, out var bytes))
        {
            var name = characterSet.Terms.Count == 0 ? "the default" : string.Join('\\', characterSet.Terms);
            throw new DicomFormatException($"the text does not fit in the character set {name}", tag.ToString());
        }

        if ((bytes.Length & 1) == 1)
        {
            Array.Resize(ref bytes, bytes.Length + 1);
            bytes[^1] = vr.Padding;
        }

        return bytes;
    }

    /// <summary>Leading spaces count in UC and PN; a name's empty groups at the end do not.</summary>
    private static string Trim(string value, DicomVR vr) =>
        vr == DicomVR.PN ? value.TrimEnd(Padding).TrimEnd('=')
        : vr == DicomVR.UC ? value.TrimEnd(Padding)
        : value.Trim(Padding);
}
