using System.Globalization;

namespace ClinicalSuite.Dicom;

/// <summary>An attribute's tag (PS3.5 7.1). Constants by PS3.6 keyword: <c>DicomTag.PatientName</c>.</summary>
public readonly partial record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    internal DicomTag(uint value)
        : this((ushort)(value >> 16), (ushort)(value & 0xFFFF))
    {
    }

    /// <summary>Group and element as one number, the order of elements in a data set.</summary>
    public uint Value => ((uint)Group << 16) | Element;

    /// <summary>True for odd groups (PS3.5 7.8).</summary>
    public bool IsPrivate => (Group & 1) == 1;

    /// <summary>True for (gggg,0010-00FF) of an odd group, which reserves a block (PS3.5 7.8.1).</summary>
    public bool IsPrivateCreator => IsPrivate && Element is >= 0x0010 and <= 0x00FF;

    internal bool IsGroupLength => Element == 0;

    /// <summary>The creator element that reserves the block of this private tag.</summary>
    internal DicomTag PrivateCreatorTag => new(Group, (ushort)(Element >> 8));

    /// <summary>Reads <c>(0010,0010)</c>, <c>0010,0010</c>, <c>00100010</c> or a PS3.6 keyword.</summary>
    /// <exception cref="FormatException">The text is none of them.</exception>
    public static DicomTag Parse(string text) =>
        TryParse(text, out var tag) ? tag : throw new FormatException($"'{text}' is no DICOM tag or keyword.");

    public static bool TryParse(string text, out DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.Trim().Trim('(', ')').Replace(",", "", StringComparison.Ordinal);
        if (digits.Length == 8
            && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            tag = new DicomTag(value);
            return true;
        }

        return DicomDictionary.TryFindTag(text, out tag);
    }

    public int CompareTo(DicomTag other) => Value.CompareTo(other.Value);

    public static bool operator <(DicomTag left, DicomTag right) => left.Value < right.Value;

    public static bool operator >(DicomTag left, DicomTag right) => left.Value > right.Value;

    public static bool operator <=(DicomTag left, DicomTag right) => left.Value <= right.Value;

    public static bool operator >=(DicomTag left, DicomTag right) => left.Value >= right.Value;

    /// <summary><c>(0010,0010)</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");
}
