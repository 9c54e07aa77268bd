using System.Text;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>A document in Markdown with numbered headings.</summary>
internal sealed class StatementText
{
    private readonly StringBuilder text = new();
    private readonly StringBuilder contents = new();
    private readonly int[] numbers = new int[4];

    /// <param name="level">1 for a chapter.</param>
    public StatementText Heading(int level, string title)
    {
        numbers[level - 1]++;
        Array.Clear(numbers, level, numbers.Length - level);
        var number = string.Join('.', numbers.Take(level));
        text.Append($"\n{new string('#', level + 1)} {number} {title}\n");
        if (level <= 2)
        {
            contents.Append($"{new string(' ', 2 * (level - 1))}- {number} {title}\n");
        }

        return this;
    }

    public StatementText Paragraph(string words)
    {
        text.Append($"\n{words}\n");
        return this;
    }

    public StatementText List(params IEnumerable<string> entries)
    {
        text.Append('\n');
        foreach (var entry in entries)
        {
            text.Append($"- {entry}\n");
        }

        return this;
    }

    public StatementText Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        text.Append($"\n{Row(columns)}{Row([.. columns.Select(_ => "---")])}");
        foreach (var row in rows)
        {
            text.Append(Row(row));
        }

        return this;
    }

    /// <summary>The document under its title, with the table of its contents.</summary>
    /// <param name="preface">What stands before the contents.</param>
    public string Under(string title, string preface) => $"# {title}\n\n{preface}\n\n{contents}{text}";

    private static string Row(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
