namespace ClinicalSuite.Hl7;

/// <summary>The field separator and the encoding characters of a message (v2.5.1 2.5.4), as MSH-1 and MSH-2 give them.</summary>
public readonly record struct Hl7Delimiters(char Field, char Component, char Repetition, char Escape, char SubComponent)
{
    /// <summary><c>|^~\&amp;</c>, recommended by the standard and used in everything that we build.</summary>
    public static readonly Hl7Delimiters Standard = new('|', '^', '~', '\\', '&');

    /// <summary>The value of MSH-2.</summary>
    public string EncodingCharacters => string.Create(4, this, static (span, delimiters) =>
    {
        span[0] = delimiters.Component;
        span[1] = delimiters.Repetition;
        span[2] = delimiters.Escape;
        span[3] = delimiters.SubComponent;
    });

    /// <summary>Reads them from the start of an MSH segment, "MSH|^~\&amp;|".</summary>
    /// <exception cref="Hl7FormatException">No MSH, or characters that cannot delimit (letters, digits, controls, repeats).</exception>
    internal static Hl7Delimiters OfHeader(ReadOnlySpan<char> header)
    {
        if (header.Length < 6 || !header.StartsWith("MSH", StringComparison.Ordinal))
        {
            throw new Hl7FormatException("a message starts with MSH and its delimiters (offset 0)");
        }

        var field = header[3];
        var rest = header[4..];
        var end = rest.IndexOf(field);
        var codes = end < 0 ? rest : rest[..end];

        // MSH-2 may leave out the last ones when they do not occur (2.5.4 gives defaults); v2.7 adds a fifth, the truncation mark.
        if (codes.Length is < 1 or > 5)
        {
            throw new Hl7FormatException("MSH-2: one to five encoding characters are needed");
        }

        var delimiters = new Hl7Delimiters(
            field,
            codes[0],
            codes.Length > 1 ? codes[1] : Standard.Repetition,
            codes.Length > 2 ? codes[2] : Standard.Escape,
            codes.Length > 3 ? codes[3] : Standard.SubComponent);
        delimiters.DemandUsable();
        return delimiters;
    }

    private void DemandUsable()
    {
        ReadOnlySpan<char> all = [Field, Component, Repetition, Escape, SubComponent];
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] is <= ' ' or > '~' || char.IsAsciiLetterOrDigit(all[i]))
            {
                throw new Hl7FormatException("MSH-1, MSH-2: a delimiter is a printable character other than letter and digit");
            }

            if (all[(i + 1)..].Contains(all[i]))
            {
                throw new Hl7FormatException("MSH-1, MSH-2: a delimiter is given twice");
            }
        }
    }
}
