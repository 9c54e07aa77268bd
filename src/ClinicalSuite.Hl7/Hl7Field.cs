using System.Text;

namespace ClinicalSuite.Hl7;

/// <summary>A field as it is written, still escaped; parts are split and unescaped when asked for.</summary>
/// <remarks>So a message that was read is written again exactly as it came, escape sequences unknown to us included.</remarks>
public readonly struct Hl7Field
{
    private readonly string? raw;
    private readonly Hl7Delimiters delimiters;
    private readonly Encoding? encoding;

    internal Hl7Field(string raw, Hl7Delimiters delimiters, Encoding encoding)
    {
        this.raw = raw;
        this.delimiters = delimiters;
        this.encoding = encoding;
    }

    /// <summary>The content with delimiters and escape sequences.</summary>
    public string Raw => raw ?? "";

    public bool IsEmpty => Raw.Length == 0;

    /// <summary>The HL7 null <c>""</c>: delete what you have (v2.5.1 2.5.3), which differs from empty: nothing said.</summary>
    public bool IsNull => Raw == "\"\"";

    public int RepetitionCount => IsEmpty ? 0 : Raw.AsSpan().Count(delimiters.Repetition) + 1;

    /// <summary>Components of one repetition, unescaped, sub-components still joined where there are any.</summary>
    public IReadOnlyList<string> Components(int repetition = 1)
    {
        var components = new List<string>();
        var rest = Part(Raw, delimiters.Repetition, repetition);
        foreach (var range in rest.Split(delimiters.Component))
        {
            components.Add(Unescape(rest[range]));
        }

        return components;
    }

    /// <summary>One value, unescaped; empty where it is absent. Numbers count from 1.</summary>
    public string Text(int component = 1, int subComponent = 1, int repetition = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(component, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(subComponent, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetition, 1);
        var part = Part(Raw, delimiters.Repetition, repetition);
        part = Part(part, delimiters.Component, component);
        return Unescape(Part(part, delimiters.SubComponent, subComponent));
    }

    public override string ToString() => Raw;

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> text, char delimiter, int number)
    {
        if (delimiter == '\0')
        {
            return text;
        }

        for (; number > 1; number--)
        {
            var next = text.IndexOf(delimiter);
            if (next < 0)
            {
                return [];
            }

            text = text[(next + 1)..];
        }

        var end = text.IndexOf(delimiter);
        return end < 0 ? text : text[..end];
    }

    private string Unescape(ReadOnlySpan<char> part) =>
        encoding is null || part.IsEmpty ? part.ToString() : Hl7Escape.Unescape(part, delimiters, encoding);
}
