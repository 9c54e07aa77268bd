using System.Globalization;

namespace ClinicalSuite.DictionaryGenerator;

/// <summary>One line of attributes.tsv; a repeating group or element is held by its lowest value.</summary>
internal sealed record AttributeRow(
    ushort Group, ushort Element, bool IsRepeatingGroup, bool IsRepeatingElement, string Vr, string Keyword, string Vm,
    bool IsRetired)
{
    public bool IsRepeating => IsRepeatingGroup || IsRepeatingElement;

    public static AttributeRow Parse(string[] fields)
    {
        var tag = fields[0];
        return new AttributeRow(
            Hex(tag[..4]), Hex(tag[5..]), tag[2] == 'x', tag[7] == 'x', fields[1], fields[2], fields[3],
            fields.Length > 4);
    }

    private static ushort Hex(string text) =>
        ushort.Parse(text.Replace('x', '0'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
