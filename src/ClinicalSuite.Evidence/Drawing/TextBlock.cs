using System.Globalization;
using System.Text;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Text laid out in a width, measured, ready to be drawn on the canvas that made it.</summary>
public sealed class TextBlock : IDisposable
{
    // Radicals and everything above: characters, their punctuation, full-width forms, and the surrogates of the later planes.
    private const char FirstChinese = '\u2E80';

    private nint layout;

    internal TextBlock(nint cairo, nint fontOptions, nint font, string text, in TextStyle style, TextSpan span)
    {
        Style = style;
        layout = Pango.CreateLayout(cairo);
        var context = Pango.ContextOf(layout);
        Pango.SetResolution(context, 72);
        Pango.SetFontOptions(context, fontOptions);
        Pango.RoundGlyphPositions(context, false);
        Pango.ContextChanged(layout);
        Pango.SetFont(layout, font);
        if (span.Width is { } width)
        {
            Pango.SetWidth(layout, (int)(width * Pango.Scale));
            Pango.SetWrap(layout, Pango.WrapWordThenCharacter);
        }

        if (span.OneLine)
        {
            Pango.SetHeight(layout, -1);
            Pango.SetEllipsize(layout, Pango.EllipsizeEnd);
        }

        Pango.SetAlignment(layout, (int)span.Alignment);
        text = Printable(text);
        SetText(text);
        if (Pango.UnknownGlyphs(layout) > 0)
        {
            EscapedCharacters = Without(text);
            SetText(Escaped(text, EscapedCharacters));
            if (Pango.UnknownGlyphs(layout) is var unknown and > 0)
            {
                Dispose();
                throw new MissingFontException(unknown);
            }
        }

        Pango.GetSize(layout, out var wide, out var high);
        Width = wide / Pango.Scale;
        Height = high / Pango.Scale;
        Baseline = Pango.Baseline(layout) / Pango.Scale;
    }

    /// <summary>Width of the longest line, points.</summary>
    public double Width { get; }

    public double Height { get; }

    /// <summary>From the top to the baseline of the first line, points.</summary>
    public double Baseline { get; }

    /// <summary>Characters that are in no installed font, and are shown by their code: a box could be anything.</summary>
    public IReadOnlySet<Rune> EscapedCharacters { get; } = new HashSet<Rune>();

    internal TextStyle Style { get; }

    internal nint Layout => layout;

    public void Dispose()
    {
        if (layout != 0)
        {
            Pango.Release(layout);
            layout = 0;
        }
    }

    private void SetText(string text)
    {
        Pango.SetText(layout, text, -1);
        SetChineseRuns(text);
    }

    /// <summary>The characters of a text that no font has, asked one by one.</summary>
    private HashSet<Rune> Without(string text)
    {
        var missing = new HashSet<Rune>();
        foreach (var rune in text.EnumerateRunes().Where(rune => !rune.IsAscii).ToHashSet())
        {
            SetText(rune.ToString());
            if (Pango.UnknownGlyphs(layout) > 0)
            {
                missing.Add(rune);
            }
        }

        return missing;
    }

    private static string Escaped(string text, IReadOnlySet<Rune> missing)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = missing.Contains(rune)
                ? escaped.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]")
                : escaped.Append(rune.ToString());
        }

        return escaped.ToString();
    }

    /// <summary>Control characters have no glyph; a sender's stray NUL or tab must not stop a report.</summary>
    private static string Printable(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0
            ? text
            : string.Create(text.Length, text, static (span, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    span[i] = source[i] is < ' ' and not '\n' ? ' ' : source[i];
                }
            });

    /// <summary>Runs of Chinese take the Chinese face; everything else has the face of the font description.</summary>
    private unsafe void SetChineseRuns(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstChinese, char.MaxValue))
        {
            Pango.SetAttributes(layout, 0);
            return;
        }

        var list = Pango.CreateAttributes();
        var position = 0;
        uint offset = 0;
        while (position < text.Length)
        {
            var rest = text.AsSpan(position);
            var isChinese = rest[0] >= FirstChinese;
            var length = isChinese
                ? rest.IndexOfAnyExceptInRange(FirstChinese, char.MaxValue)
                : rest.IndexOfAnyInRange(FirstChinese, char.MaxValue);
            length = length < 0 ? rest.Length : length;
            var end = offset + (uint)Encoding.UTF8.GetByteCount(rest[..length]);
            if (isChinese)
            {
                // PangoAttribute: class pointer, then start and end in bytes of UTF-8.
                var attribute = Pango.FamilyAttribute(TextStyle.ChineseFamilies);
                var range = (uint*)(attribute + sizeof(nint));
                (range[0], range[1]) = (offset, end);
                Pango.Insert(list, attribute);
            }

            (position, offset) = (position + length, end);
        }

        Pango.SetAttributes(layout, list);
        Pango.ReleaseAttributes(list);
    }
}
