using System.Globalization;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Size in points, weight and colour. The typeface is one for all, so that Latin and Chinese sit on one line.</summary>
public readonly record struct TextStyle(double Size, Rgb Color, bool Bold = false)
{
    // Latin letters and digits come from the Japanese face of the very collection whose Simplified Chinese face gives the characters:
    // the shapes are those of one design, but cairo 1.16 makes a subset for each face, and in a subset that mixes the two scripts it
    // often keeps all subroutines of the font (seen: 905 kB in place of 65 kB, with no more than "IL部").
    internal const string ChineseFamilies = "Noto Sans CJK SC, DejaVu Sans";
    private const string LatinFamilies = "Noto Sans CJK JP, DejaVu Sans";

    internal string Description => string.Create(CultureInfo.InvariantCulture, $"{LatinFamilies} {(Bold ? "Bold " : "")}{Size:0.##}");
}
