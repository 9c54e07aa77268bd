using System.Collections.Frozen;
using System.Globalization;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>PS3.15 table E.1-1, generated, and what its letters come to.</summary>
internal static partial class ConfidentialityTable
{
    private static readonly Lazy<FrozenDictionary<uint, ConfidentialityRow>> Plain = new(
        () => Parse().Where(row => !row.Tag.Contains('x', StringComparison.Ordinal) && row.Tag[0] != 'g')
            .ToFrozenDictionary(row => Number(row.Tag), row => row.Row));

    private static readonly ConfidentialityRow Curve = Parse().Single(row => row.Tag == "50xx,xxxx").Row;

    private static readonly ConfidentialityRow Overlay = Parse().Single(row => row.Tag == "60xx,3000").Row;

    /// <summary>
    /// Null where the table does not name the attribute. Private attributes have a row there and are judged elsewhere. A plane
    /// that has lost its bits is none any more: all of an overlay is treated as its data and comments are.
    /// </summary>
    public static ConfidentialityRow? Find(DicomTag tag) => (tag.Group & 0xFF01) switch
    {
        0x5000 => Curve,
        0x6000 => Overlay,
        _ => Plain.Value.GetValueOrDefault(tag.Value),
    };

    private static IEnumerable<(string Tag, ConfidentialityRow Row)> Parse() => Rows.Split('\n')
        .Select(row => row.Split('\t'))
        .Select(fields => (fields[0], new ConfidentialityRow(fields[1], fields[2])));

    private static uint Number(string tag) => uint.Parse(
        string.Concat(tag.AsSpan(0, 4), tag.AsSpan(5, 4)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
