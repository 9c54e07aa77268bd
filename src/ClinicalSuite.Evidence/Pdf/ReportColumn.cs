using ClinicalSuite.Evidence.Drawing;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>A column of a table; <paramref name="Share"/> of the content width, all together 1.</summary>
internal sealed record ReportColumn(
    string Title, double Share, TextStyle Style, TextAlignment Alignment = TextAlignment.Left);
