using ClinicalSuite.Dicom;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>The attributes of a data set, each place once; what lies in items is indented by the standard's sign.</summary>
internal static class AttributeRows
{
    public static readonly IReadOnlyList<string> Columns = ["Attribute", "Tag", "VR"];

    /// <param name="depth">Sequences within sequences that are entered.</param>
    public static IEnumerable<IReadOnlyList<string>> Of(DicomDataset dataset, int depth = 6) => Of([dataset], depth, "");

    private static IEnumerable<IReadOnlyList<string>> Of(IReadOnlyList<DicomDataset> items, int depth, string indent)
    {
        foreach (var same in items.SelectMany(item => item).GroupBy(element => element.Tag).OrderBy(group => group.Key.Value))
        {
            var element = same.First();
            yield return [indent + DicomDictionary.KeywordOf(element.Tag), element.Tag.ToString(), element.VR.Code];
            var inner = same.OfType<DicomSequence>().SelectMany(sequence => sequence.Items).ToList();
            if (inner.Count > 0 && depth > 0)
            {
                foreach (var row in Of(inner, depth - 1, indent + ">"))
                {
                    yield return row;
                }
            }
        }
    }
}
