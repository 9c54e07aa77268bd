namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Text laid out in a width, measured, ready to be drawn on the canvas that made it.</summary>
public sealed class TextBlock : IDisposable
{
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
        Pango.SetText(layout, Printable(text), -1);
        if (Pango.UnknownGlyphs(layout) is var unknown and > 0)
        {
            Dispose();
            throw new MissingFontException(unknown);
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
}
