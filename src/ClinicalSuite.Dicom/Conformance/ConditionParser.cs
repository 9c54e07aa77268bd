using System.Globalization;

namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Reads the conditions of the table of objects; its grammar is at the head of tools/DictionaryGenerator/objects.tsv.</summary>
internal sealed class ConditionParser
{
    private readonly string text;
    private int at;

    private ConditionParser(string text) => this.text = text;

    /// <exception cref="FormatException">The text is no condition.</exception>
    public static Condition Parse(string text)
    {
        var parser = new ConditionParser(text);
        var test = parser.Either();
        return parser.at == text.Length ? new Condition(text, test) : throw parser.Fault("an operator");
    }

    private Func<ConditionScope, bool> Either()
    {
        var tests = new List<Func<ConditionScope, bool>> { Both() };
        while (Take(" | "))
        {
            tests.Add(Both());
        }

        return tests.Count == 1 ? tests[0] : scope => tests.Exists(test => test(scope));
    }

    private Func<ConditionScope, bool> Both()
    {
        var tests = new List<Func<ConditionScope, bool>> { Single() };
        while (Take(" & "))
        {
            tests.Add(Single());
        }

        return tests.Count == 1 ? tests[0] : scope => tests.TrueForAll(test => test(scope));
    }

    private Func<ConditionScope, bool> Single()
    {
        if (Take("!"))
        {
            var inner = Single();
            return scope => !inner(scope);
        }

        if (Take("("))
        {
            var inner = Either();
            return Take(")") ? inner : throw Fault("a closing parenthesis");
        }

        return Test();
    }

    private Func<ConditionScope, bool> Test()
    {
        var origin = Take("^") ? Origin.Parent : Take("/") ? Origin.Root : Origin.Item;
        var name = Name();
        if (name is "always" or "never")
        {
            return _ => name == "always";
        }

        if (name is "60xx" or "50xx")
        {
            return Repeating(name == "60xx" ? 0x6000 : 0x5000);
        }

        var (tag, index) = (TagOf(name), Index());
        if (!Take("."))
        {
            var plain = Operator(tag, index);
            return scope => From(scope, origin) is { } item && plain(scope.At(item));
        }

        var (inner, innerIndex) = (TagOf(Name()), Index());
        var nested = Operator(inner, innerIndex);
        return scope => From(scope, origin) is { } item
            && ItemsOf(item, tag).Take(index is null ? int.MaxValue : 1).Any(each =>
                origin == Origin.Root ? Within(each).Any(deeper => nested(scope.At(deeper))) : nested(scope.At(each)));
    }

    /// <summary>An item, and every item in it.</summary>
    private static IEnumerable<DicomDataset> Within(DicomDataset item) =>
        item.OfType<DicomSequence>().SelectMany(sequence => sequence.Items).SelectMany(Within).Prepend(item);

    private Func<ConditionScope, bool> Repeating(int lowest)
    {
        if (!Take(",") || !ushort.TryParse(Name(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var element))
        {
            throw Fault("the element of a repeating group");
        }

        return scope => scope.Item.Any(each => each.Tag.Element == element && each.Tag.Group - lowest is >= 0 and <= 0x1E);
    }

    private Func<ConditionScope, bool> Operator(DicomTag tag, int? index)
    {
        if (Take("{}"))
        {
            return scope => ItemsOf(scope.Item, tag).Count > 0;
        }

        if (Take("{"))
        {
            var count = (int)Number();
            return Take("}") ? scope => ItemsOf(scope.Item, tag).Count == count : throw Fault("}");
        }

        if (Take("?"))
        {
            return scope => Values(scope, tag, index).Any(value => value.Length > 0);
        }

        if (Comparison() is { } compares)
        {
            var bound = Number();
            return scope => Values(scope, tag, index).Any(value =>
                double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && compares(number, bound));
        }

        if (Take("=@"))
        {
            var tags = Listed().Select(keyword => TagOf(keyword.TrimStart('@'))).ToHashSet();
            return scope => scope.Item.TryGetElement(tag, out var element) && element.VR == DicomVR.AT
                && scope.Item.GetTags(tag).Any(tags.Contains);
        }

        if (Take("="))
        {
            var wanted = Listed().ToHashSet(StringComparer.Ordinal);
            return scope => Values(scope, tag, index).Any(wanted.Contains);
        }

        return scope => scope.Object.Holder(scope.Item, tag).Contains(tag);
    }

    private Func<double, double, bool>? Comparison() =>
        Take("==") ? (left, right) => left == right
        : Take("!=") ? (left, right) => left != right
        : Take("<=") ? (left, right) => left <= right
        : Take("<") ? (left, right) => left < right
        : Take(">") ? (left, right) => left > right
        : null;

    private static IEnumerable<string> Values(ConditionScope scope, DicomTag tag, int? index)
    {
        var values = TextValues.Of(scope.Object.Holder(scope.Item, tag), tag);
        return index is not { } one ? values : one <= values.Count ? [values[one - 1]] : [];
    }

    private static IReadOnlyList<DicomDataset> ItemsOf(DicomDataset item, DicomTag tag) =>
        item.TryGetElement(tag, out var element) && element is DicomSequence sequence ? sequence.Items : [];

    private static DicomDataset? From(ConditionScope scope, Origin origin) => origin switch
    {
        Origin.Parent => scope.Parent,
        Origin.Root => scope.Object.Dataset,
        _ => scope.Item,
    };

    private int? Index()
    {
        if (!Take("["))
        {
            return null;
        }

        var index = (int)Number();
        return Take("]") ? index : throw Fault("]");
    }

    private long Number()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (at == start && text[at] == '-')))
        {
            at++;
        }

        return long.TryParse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault("a number");
    }

    private List<string> Listed()
    {
        var values = new List<string>();
        do
        {
            var isQuoted = Take("\"");
            var start = at;
            while (at < text.Length && (isQuoted ? text[at] != '"' : IsPlain(text[at])))
            {
                at++;
            }

            values.Add(text[start..at].TrimEnd(' '));
            if (!isQuoted)
            {
                at = start + values[^1].Length;
            }
            else if (!Take("\""))
            {
                throw Fault("a closing quotation mark");
            }
        }
        while (Take(","));
        return values;
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or '/' or '+' or '@' or ' ';

    private string Name()
    {
        var start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
        {
            at++;
        }

        return at > start ? text[start..at] : throw Fault("a keyword");
    }

    private DicomTag TagOf(string keyword) => DicomTag.TryParse(keyword, out var tag) ? tag : throw Fault($"a keyword, not {keyword}");

    private bool Take(string word)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
        {
            return false;
        }

        at += word.Length;
        return true;
    }

    private FormatException Fault(string wanted) => new($"Condition '{text}': {wanted} is missing at {at}.");

    private enum Origin
    {
        Item,
        Parent,
        Root,
    }
}
