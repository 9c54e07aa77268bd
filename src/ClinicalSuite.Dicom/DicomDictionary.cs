using System.Collections.Frozen;
using System.Globalization;

namespace ClinicalSuite.Dicom;

/// <summary>The data dictionary (PS3.6, PS3.7 Annex E), generated; private attributes by their creator.</summary>
public static partial class DicomDictionary
{
    private static readonly Lazy<DicomDictionaryEntry[]> Plain = new(
        () => [.. PlainRows.Split('\n').Select(row => ParseEntry(row.Split('\t')))]);

    private static readonly Lazy<FrozenDictionary<string, DicomTag>> ByKeyword = new(IndexKeywords);

    private static readonly Lazy<FrozenDictionary<uint, DicomDictionaryEntry>> Repeating = new(
        () => RepeatingRows.Split('\n').ToFrozenDictionary(
            row => Number(row),
            row => ParseEntry(row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..].Split('\t'))));

    /// <summary>Finds an attribute that is not private; group lengths (gggg,0000) are UL.</summary>
    public static bool TryFind(DicomTag tag, out DicomDictionaryEntry entry)
    {
        var index = PlainTags.BinarySearch(tag.Value);
        if (index >= 0)
        {
            entry = Plain.Value[index];
            return true;
        }

        if (tag.IsGroupLength)
        {
            entry = GroupLength;
            return true;
        }

        if (tag.IsPrivate)
        {
            entry = tag.IsPrivateCreator ? PrivateCreator : Unknown;
            return tag.IsPrivateCreator;
        }

        return TryFindRepeating(tag, out entry);
    }

    /// <summary>Finds a private attribute by the creator of its block.</summary>
    public static bool TryFindPrivate(string creator, DicomTag tag, out DicomDictionaryEntry entry)
    {
        entry = DicomPrivateDictionary.Find(creator, tag) ?? Unknown;
        return !ReferenceEquals(entry, Unknown);
    }

    /// <summary>Finds a tag by its PS3.6 keyword, exactly as written there.</summary>
    public static bool TryFindTag(string keyword, out DicomTag tag) => ByKeyword.Value.TryGetValue(keyword, out tag);

    /// <summary>The keyword, or an empty text for private and unknown tags.</summary>
    public static string KeywordOf(DicomTag tag) => TryFind(tag, out var entry) ? entry.Keyword : "";

    private static readonly DicomDictionaryEntry GroupLength = new("GenericGroupLength", "UL", "1", true);

    private static readonly DicomDictionaryEntry PrivateCreator = new("PrivateCreator", "LO", "1", false);

    private static readonly DicomDictionaryEntry Unknown = new("", "UN", "1", false);

    private static bool TryFindRepeating(DicomTag tag, out DicomDictionaryEntry entry)
    {
        entry = Unknown;
        var lowestGroup = tag.Group & 0xFF00;
        return (lowestGroup is 0x5000 or 0x6000 or 0x7F00
                && Repeating.Value.TryGetValue(((uint)lowestGroup << 16) | tag.Element, out entry!))
            || (tag.Group is 0x0020 or 0x0028
                && Repeating.Value.TryGetValue(tag.Value & 0xFFFFFF00, out entry!))
            || Fallback(out entry);
    }

    private static bool Fallback(out DicomDictionaryEntry entry)
    {
        entry = Unknown;
        return false;
    }

    private static FrozenDictionary<string, DicomTag> IndexKeywords()
    {
        var tags = new Dictionary<string, DicomTag>(StringComparer.Ordinal);
        for (var index = 0; index < PlainTags.Length; index++)
        {
            tags[Plain.Value[index].Keyword] = new DicomTag(PlainTags[index]);
        }

        foreach (var (number, entry) in Repeating.Value)
        {
            tags.TryAdd(entry.Keyword, new DicomTag(number));
        }

        return tags.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static uint Number(string row) => uint.Parse(
        string.Concat(row.AsSpan(0, 4), row.AsSpan(5, 4)), NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture);

    private static DicomDictionaryEntry ParseEntry(string[] fields) =>
        new(fields[1], fields[0], fields[2], fields.Length > 3);
}
