using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ClinicalSuite.Dicom.IO;
using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomDataset
{
    private const NumberStyles DecimalStyle = NumberStyles.Float;

    /// <summary>The first value as text; false only where the attribute is absent or has no value.</summary>
    public bool TryGetString(DicomTag tag, [NotNullWhen(true)] out string? value)
    {
        var values = GetStrings(tag);
        value = values.Count > 0 ? values[0] : null;
        return !string.IsNullOrEmpty(value);
    }

    /// <summary>The first value as text.</summary>
    /// <exception cref="DicomFormatException">The attribute is absent or empty.</exception>
    public string GetString(DicomTag tag) => TryGetString(tag, out var value) ? value : throw Absent(tag);

    public string GetStringOrEmpty(DicomTag tag) => TryGetString(tag, out var value) ? value : "";

    /// <summary>All values as text, padding removed; binary numbers in invariant form; empty where absent.</summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag) =>
        TryGetElement(tag, out var element) ? TextOf(element) : [];

    public bool TryGetDouble(DicomTag tag, out double value)
    {
        var values = GetDoubles(tag);
        value = values.Length > 0 ? values[0] : 0;
        return values.Length > 0;
    }

    /// <exception cref="DicomFormatException">The attribute is absent, empty or no number.</exception>
    public double GetDouble(DicomTag tag) => TryGetDouble(tag, out var value) ? value : throw Absent(tag);

    /// <summary>All values as numbers, of any VR that holds numbers; empty where absent.</summary>
    /// <exception cref="DicomFormatException">A value is no number.</exception>
    public double[] GetDoubles(DicomTag tag)
    {
        if (!TryGetElement(tag, out var element) || element.IsEmpty)
        {
            return [];
        }

        if (IsBinaryNumber(element))
        {
            return BinaryNumbers.Doubles(Bytes(element), element.VR);
        }

        var texts = TextOf(element);
        var values = new double[texts.Count];
        for (var index = 0; index < values.Length; index++)
        {
            if (!double.TryParse(texts[index], DecimalStyle, CultureInfo.InvariantCulture, out values[index])
                || !double.IsFinite(values[index]))
            {
                throw Unreadable(element, $"value {index + 1} is no decimal number");
            }
        }

        return values;
    }

    public bool TryGetInt(DicomTag tag, out int value)
    {
        var values = GetInts(tag);
        value = values.Length > 0 ? values[0] : 0;
        return values.Length > 0;
    }

    /// <exception cref="DicomFormatException">The attribute is absent, empty or no whole number of 32 bits.</exception>
    public int GetInt(DicomTag tag) => TryGetInt(tag, out var value) ? value : throw Absent(tag);

    /// <summary>All values as whole numbers; empty where absent.</summary>
    /// <exception cref="DicomFormatException">A value is no whole number or does not fit in 32 bits.</exception>
    public int[] GetInts(DicomTag tag)
    {
        var wide = GetLongs(tag);
        var values = new int[wide.Length];
        for (var index = 0; index < wide.Length; index++)
        {
            if (wide[index] is < int.MinValue or > int.MaxValue)
            {
                throw Unreadable(GetElement(tag), $"value {index + 1} does not fit in 32 bits");
            }

            values[index] = (int)wide[index];
        }

        return values;
    }

    /// <summary>All values as whole numbers of 64 bits; empty where absent.</summary>
    /// <exception cref="DicomFormatException">A value is no whole number.</exception>
    public long[] GetLongs(DicomTag tag)
    {
        if (!TryGetElement(tag, out var element) || element.IsEmpty)
        {
            return [];
        }

        if (IsBinaryNumber(element) && !BinaryNumbers.IsFloating(element.VR))
        {
            return BinaryNumbers.TryLongs(Bytes(element), element.VR, out var longs)
                ? longs
                : throw Unreadable(element, "a value does not fit in 64 bits");
        }

        var doubles = GetDoubles(tag);
        var values = new long[doubles.Length];
        for (var index = 0; index < values.Length; index++)
        {
            // Some senders write IS as "12.0"; a fraction is no whole number.
            if (Math.Abs(doubles[index]) > 1L << 53 || doubles[index] != Math.Truncate(doubles[index]))
            {
                throw Unreadable(element, $"value {index + 1} is no whole number");
            }

            values[index] = (long)doubles[index];
        }

        return values;
    }

    /// <summary>The value's bytes, little-endian, padding included; from the file if that is where they are.</summary>
    /// <exception cref="DicomFormatException">The attribute is absent, or its file has changed.</exception>
    public ReadOnlyMemory<byte> GetBytes(DicomTag tag) => GetElement(tag).ReadBytes();

    /// <summary>The items; empty where the attribute is absent.</summary>
    /// <exception cref="DicomFormatException">The attribute is there but is no sequence.</exception>
    public IReadOnlyList<DicomDataset> GetSequence(DicomTag tag)
    {
        if (!TryGetElement(tag, out var element))
        {
            return [];
        }

        return element switch
        {
            DicomSequence sequence => sequence.Items,
            _ when element.IsEmpty => [],
            _ => throw Unreadable(element, "the attribute is no sequence"),
        };
    }

    /// <summary>The first item's data set.</summary>
    public bool TryGetFirstItem(DicomTag tag, [NotNullWhen(true)] out DicomDataset? item)
    {
        var items = GetSequence(tag);
        item = items.Count > 0 ? items[0] : null;
        return item is not null;
    }

    /// <summary>Tags of an AT attribute; empty where absent.</summary>
    public IReadOnlyList<DicomTag> GetTags(DicomTag tag)
    {
        if (!TryGetElement(tag, out var element) || element.IsEmpty)
        {
            return [];
        }

        return element.VR == DicomVR.AT
            ? BinaryNumbers.Tags(Bytes(element))
            : throw Unreadable(element, "the attribute holds no tags");
    }

    /// <summary>The first value as a person's name; false where the attribute is absent or empty.</summary>
    public bool TryGetPersonName(DicomTag tag, [NotNullWhen(true)] out DicomPersonName? name)
    {
        name = TryGetString(tag, out var text) ? DicomPersonName.Parse(text) : null;
        return name is not null;
    }

    internal IReadOnlyList<string> TextOf(DicomElement element)
    {
        switch (element)
        {
            case TextElement text:
                return text.Values;
            case DicomSequence or DicomFragmentSequence:
                throw Unreadable(element, "the attribute has no text form");
            case { IsEmpty: true }:
                return [];
        }

        if (IsBinaryNumber(element))
        {
            return BinaryNumbers.Texts(Bytes(element), element.VR);
        }

        var vr = element.VR.IsText ? element.VR : DicomDictionary.Resolve(element.Tag, this);
        vr = vr.IsText ? vr : DicomVR.LO;
        var characterSet = vr.UsesCharacterSet
            ? (element as BytesElement)?.CharacterSet ?? CharacterSetInForce()
            : DicomCharacterSet.Default;
        return DicomText.Decode(element.ReadBytes().Span, vr, characterSet);
    }

    /// <summary>The character set of (0008,0005) here or in the nearest data set outside (PS3.5 7.5.3).</summary>
    internal DicomCharacterSet CharacterSetInForce()
    {
        for (var set = this; set is not null; set = set.Parent)
        {
            if (set.TryGetElement(DicomTag.SpecificCharacterSet, out var element))
            {
                return DicomCharacterSet.Of(set.TextOf(element));
            }
        }

        return DicomCharacterSet.Default;
    }

    private static bool IsBinaryNumber(DicomElement element) =>
        !element.VR.IsText && element.VR != DicomVR.UN && element is not (DicomSequence or DicomFragmentSequence);

    private ReadOnlySpan<byte> Bytes(DicomElement element)
    {
        var bytes = element.ReadBytes().Span;
        return bytes.Length % element.VR.UnitBytes == 0
            ? bytes
            : throw Unreadable(element, $"{bytes.Length} bytes are no whole number of {element.VR} values");
    }
}
