namespace ClinicalSuite.Evidence.Drawing;

/// <summary>
/// No installed font has a glyph even for digits and Latin letters. A box in place of a number is dangerous, so nothing is drawn.
/// </summary>
public sealed class MissingFontException : Exception
{
    public MissingFontException()
        : this(0)
    {
    }

    public MissingFontException(string message)
        : base(message)
    {
    }

    public MissingFontException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="unknownGlyphs">How many glyphs of one text block are missing; the text itself is patient data and stays out.</param>
    public MissingFontException(int unknownGlyphs)
        : base($"{unknownGlyphs} characters of a document have no glyph; install the packages fonts-dejavu-core and fonts-noto-cjk")
    {
    }
}
