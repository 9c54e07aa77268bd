using System.Globalization;
using System.Text;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Cli.Query;

/// <summary>Matches as a table: one column for each key of the identifier, items flattened.</summary>
internal sealed class MatchTable
{
    private const int Widest = 40;

    private readonly List<DicomTag[]> paths = [];
    private readonly List<string[]> rows = [];

    public MatchTable(DicomDataset identifier) => Add(identifier, []);

    public int Count => rows.Count;

    public void Add(DicomDataset match) => rows.Add([.. paths.Select(path => Value(match, path))]);

    public void Write(TextWriter output)
    {
        var heads = paths.Select(path => DicomDictionary.KeywordOf(path[^1]) is { Length: > 0 } keyword ? keyword : path[^1].ToString())
            .ToArray();
        var widths = Enumerable.Range(0, heads.Length)
            .Select(i => Math.Min(Widest, rows.Select(row => Width(row[i])).Append(Width(heads[i])).Max())).ToArray();
        foreach (var row in rows.Prepend(heads))
        {
            var cells = row.Select((cell, i) => cell + new string(' ', Math.Max(0, widths[i] - Width(cell))));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private void Add(DicomDataset set, DicomTag[] above)
    {
        foreach (var key in set)
        {
            if (key is DicomSequence { Items: [{ Count: > 0 } item, ..] })
            {
                Add(item, [.. above, key.Tag]);
            }
            else if (key.Tag != DicomTag.SpecificCharacterSet && key.Tag != DicomTag.QueryRetrieveLevel)
            {
                paths.Add([.. above, key.Tag]);
            }
        }
    }

    private static string Value(DicomDataset set, DicomTag[] path)
    {
        foreach (var sequence in path[..^1])
        {
            if (!set.TryGetFirstItem(sequence, out var item))
            {
                return "";
            }

            set = item;
        }

        return set.TryGetElement(path[^1], out var element) && element is not DicomSequence
            ? Printable(string.Join('\\', set.GetStrings(path[^1])))
            : "";
    }

    /// <summary>A peer's text must not steer the terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>Columns on a terminal: East Asian characters take two.</summary>
    private static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWide = rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFF60) or (>= 0x20000 and <= 0x3FFFD);
            width += isWide ? 2 : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark ? 0 : 1;
        }

        return width;
    }
}
