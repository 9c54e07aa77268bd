using System.Collections.Frozen;
using System.Globalization;

namespace ClinicalSuite.Dicom;

/// <summary>Private attributes by creator, group and element within the creator's block.</summary>
internal static partial class DicomPrivateDictionary
{
    private static readonly Lazy<FrozenDictionary<(string, int, int), DicomDictionaryEntry>> Entries = new(Index);

    public static DicomDictionaryEntry? Find(string creator, DicomTag tag) =>
        Entries.Value.GetValueOrDefault((creator, tag.Group, tag.Element & 0xFF))
        ?? Entries.Value.GetValueOrDefault((creator, tag.Group & 0xFF00, tag.Element & 0xFF));

    private static FrozenDictionary<(string, int, int), DicomDictionaryEntry> Index()
    {
        var entries = new Dictionary<(string, int, int), DicomDictionaryEntry>();
        foreach (var row in Rows.Split('\n'))
        {
            var fields = row.Split('\t');
            // A group "70xx" is kept as 7000, which no private group can be.
            var group = int.Parse(
                fields[1].Replace('x', '0'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var element = int.Parse(fields[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            entries.TryAdd(
                (fields[0], group, element), new DicomDictionaryEntry(fields[4], fields[3], fields[5], false));
        }

        return entries.ToFrozenDictionary();
    }
}
