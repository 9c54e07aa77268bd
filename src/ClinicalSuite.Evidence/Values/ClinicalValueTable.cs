using System.Globalization;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Values;

/// <summary>
/// Laboratory values as CSV: <c>name,value,unit,time</c>, a value a line, the first line these four words or already a value; time by
/// ISO 8601 or empty. Quotes as in RFC 4180; no line breaks within a field.
/// </summary>
public static class ClinicalValueTable
{
    private const int MostLines = 10_000;
    private const int Fields = 4;

    /// <exception cref="InputRefusedException">The file is absent, or a line is not as described; the message names the line.</exception>
    public static IReadOnlyList<ClinicalValue> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputRefusedException(InputReasons.NoInput, "no such file", path);
        }

        var values = new List<ClinicalValue>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (number > MostLines)
            {
                throw Refusal(path, number, $"more than {MostLines} lines");
            }

            if (line.Trim().Length == 0 || (number == 1 && IsHeading(line)))
            {
                continue;
            }

            values.Add(Value(line, path, number));
        }

        return values;
    }

    private static bool IsHeading(string line) =>
        line.Replace(" ", "", StringComparison.Ordinal).Equals("name,value,unit,time", StringComparison.OrdinalIgnoreCase);

    private static ClinicalValue Value(string line, string path, int number)
    {
        var fields = Split(line) ?? throw Refusal(path, number, "a quote that is not closed");
        if (fields.Count is not (Fields or Fields - 1))
        {
            throw Refusal(path, number, $"{fields.Count} fields, needed name,value,unit,time");
        }

        if (fields[0].Length == 0)
        {
            throw Refusal(path, number, "no name");
        }

        if (!double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            throw Refusal(path, number, "the value is no number");
        }

        if (fields[2].Length == 0)
        {
            throw Refusal(path, number, "no unit (1 where it has none)");
        }

        var text = fields.Count == Fields ? fields[3] : "";
        if (text.Length == 0)
        {
            return new ClinicalValue(fields[0], value, fields[2], null);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var taken)
            ? new ClinicalValue(fields[0], value, fields[2], taken)
            : throw Refusal(path, number, "the time is none by ISO 8601");
    }

    /// <summary>Null where a quote is not closed.</summary>
    private static List<string>? Split(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (letter == '"' && isQuoted && at + 1 < line.Length && line[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ',' && !isQuoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(letter);
            }
        }

        fields.Add(field.ToString().Trim());
        return isQuoted ? null : fields;
    }

    /// <summary>Names no value: they are the patient's.</summary>
    private static InputRefusedException Refusal(string path, int line, string cause) =>
        new(InputReasons.BadValues, cause, path, string.Create(CultureInfo.InvariantCulture, $"line {line}"));
}
