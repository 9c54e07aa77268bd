using System.Globalization;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Size in points, weight and colour. The typeface is one for all, so that Latin and Chinese sit on one line.</summary>
public readonly record struct TextStyle(double Size, Rgb Color, bool Bold = false)
{
    // Noto Sans CJK SC has Latin letters and digits of its own; DejaVu Sans adds symbols. Pango falls back glyph by glyph.
    private const string Families = "Noto Sans CJK SC, DejaVu Sans";

    internal string Description => string.Create(CultureInfo.InvariantCulture, $"{Families} {(Bold ? "Bold " : "")}{Size:0.##}");
}
