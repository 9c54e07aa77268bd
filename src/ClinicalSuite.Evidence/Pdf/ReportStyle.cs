using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>A4 in points, colours that print well in grey, and few type sizes.</summary>
internal static class ReportStyle
{
    public const double PageWidth = 595.28;
    public const double PageHeight = 841.89;
    public const double Margin = 48;
    public const double ContentWidth = PageWidth - (2 * Margin);
    public const double FooterHeight = 34;

    public static readonly Rgb Ink = new(28, 32, 36);
    public static readonly Rgb Muted = new(104, 112, 120);
    public static readonly Rgb Rule = new(208, 213, 218);
    public static readonly Rgb Accent = new(0, 84, 118);
    public static readonly Rgb Panel = new(243, 246, 248);
    public static readonly Rgb Amber = new(176, 92, 0);
    public static readonly Rgb AmberPanel = new(255, 246, 229);
    public static readonly Rgb Red = new(166, 28, 28);
    public static readonly Rgb RedPanel = new(253, 238, 238);

    public static readonly TextStyle Title = new(20, Ink, Bold: true);
    public static readonly TextStyle Subtitle = new(9.5, Muted);
    public static readonly TextStyle Section = new(11, Accent, Bold: true);
    public static readonly TextStyle Body = new(9, Ink);
    public static readonly TextStyle Strong = new(9, Ink, Bold: true);
    public static readonly TextStyle Small = new(7.5, Muted);
    public static readonly TextStyle ColumnHead = new(7.5, Muted, Bold: true);
}
