using System.Globalization;

namespace ClinicalSuite.Cli.CommandLine;

/// <summary>
/// Reads <c>--name value</c>, <c>--name=value</c> and operands in any order; <c>--</c> ends the options. A misspelt option is refused
/// with a hint, never ignored.
/// </summary>
internal static class ArgumentParser
{
    /// <returns>The arguments, or the complaint when the words are not what the verb takes; exactly one of the two is not null.</returns>
    public static (Arguments? Arguments, string? Complaint) Parse(VerbDescription verb, IReadOnlyList<string> words)
    {
        var operands = new List<string>();
        var options = new Dictionary<string, List<string>>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                operands.AddRange(words.Skip(i + 1));
                break;
            }

            var isOption = words[i].StartsWith("--", StringComparison.Ordinal) || verb.Options.Any(known => known.Name == words[i]);
            if (!isOption)
            {
                operands.Add(words[i]);
                continue;
            }

            if (TakeOption(verb, words, ref i, options) is { } complaint)
            {
                return (null, complaint);
            }
        }

        if (operands.Count < verb.MinOperands)
        {
            return (null, $"{verb.Name} needs {verb.Operands}");
        }

        if (operands.Count > verb.MaxOperands)
        {
            return (null, $"{verb.Name} does not take '{operands[verb.MaxOperands]}'");
        }

        return (new Arguments(operands, options.ToDictionary(o => o.Key, o => (IReadOnlyList<string>)o.Value)), null);
    }

    private static string? TakeOption(
        VerbDescription verb, IReadOnlyList<string> words, ref int i, Dictionary<string, List<string>> options)
    {
        var equals = words[i].IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? words[i] : words[i][..equals];
        var option = verb.Options.FirstOrDefault(known => known.Name == name);
        if (option is null)
        {
            return Unknown(verb, name);
        }

        if (option.Value is null)
        {
            if (equals >= 0)
            {
                return $"{name} takes no value";
            }

            options[name] = ["true"];
            return null;
        }

        if (equals < 0 && i + 1 >= words.Count)
        {
            return $"{name} needs {option.Value}";
        }

        var value = equals < 0 ? words[++i] : words[i][(equals + 1)..];
        if (Complain(option, value) is { } complaint)
        {
            return complaint;
        }

        if (options.TryGetValue(name, out var values))
        {
            if (!option.Repeats)
            {
                return $"{name} was given twice";
            }

            values.Add(value);
        }
        else
        {
            options[name] = [value];
        }

        return null;
    }

    private static string? Complain(Option option, string value)
    {
        if (value.Length == 0)
        {
            return $"{option.Name} needs {option.Value}";
        }

        if (option.Kind == OptionKind.Text)
        {
            return null;
        }

        var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return option.Kind switch
        {
            OptionKind.Port when !isNumber || number > 65535 => $"{option.Name} {value}: a port is a number from 0 to 65535",
            OptionKind.WholeNumber when !isNumber => $"{option.Name} {value}: not a whole number",
            _ => null,
        };
    }

    private static string Unknown(VerbDescription verb, string name)
    {
        var near = Nearest(name, verb.Options.Select(o => o.Name));
        return $"{verb.Name} does not know {name}" + (near is null ? "" : $"; did you mean {near}?");
    }

    /// <summary>The closest of <paramref name="known"/> when at most a third of its letters differ.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var best = known.Select(k => (Word: k, Distance: EditDistance(word, k))).OrderBy(k => k.Distance).FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, best.Word.Length / 3) ? best.Word : null;
    }

    private static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
