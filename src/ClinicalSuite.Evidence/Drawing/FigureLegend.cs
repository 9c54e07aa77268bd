using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Names and colours of a figure's overlays and curves, as a column or as rows.</summary>
internal sealed class FigureLegend
{
    private readonly Canvas canvas;
    private readonly TextStyle style;
    private readonly List<(string Label, Rgb Color, double Width)> entries = [];
    private readonly double lineHeight;

    public FigureLegend(Canvas canvas, Figure figure, in TextStyle style)
    {
        (this.canvas, this.style) = (canvas, style);
        lineHeight = 1.7 * style.Size;

        // Many curves may share one name (branches of a tree): one entry each.
        var named = figure.Overlays.Select(overlay => (overlay.Label, overlay.Color))
            .Concat(figure.Curves.Select(curve => (curve.Label, curve.Color)))
            .Where(entry => entry.Label.Length > 0)
            .Distinct();
        foreach (var (label, color) in named)
        {
            using var text = canvas.Layout(label, style);
            entries.Add((label, color, text.Width + (3 * style.Size)));
        }
    }

    /// <summary>Width of the legend as a column, with the gap to its left; 0 when there is nothing to explain.</summary>
    public double ColumnWidth => entries.Count == 0 ? 0 : entries.Max(entry => entry.Width) + style.Size;

    public double HeightIn(double width) => entries.Count == 0 ? 0 : (Rows(width).Count * lineHeight) + (1.4 * style.Size);

    public void DrawColumn(double x, double y)
    {
        foreach (var entry in entries)
        {
            DrawEntry(entry, x, y);
            y += lineHeight;
        }
    }

    public void DrawRows(double x, double y, double width)
    {
        y += style.Size;
        foreach (var row in Rows(width))
        {
            var left = x;
            foreach (var entry in row)
            {
                DrawEntry(entry, left, y);
                left += entry.Width;
            }

            y += lineHeight;
        }
    }

    private void DrawEntry((string Label, Rgb Color, double Width) entry, double x, double y)
    {
        using var text = canvas.Layout(entry.Label, style);
        var swatch = 0.8 * style.Size;
        canvas.Fill(new Box(x, y + ((text.Height - swatch) / 2), swatch, swatch), entry.Color);
        canvas.Draw(text, x + (1.3 * style.Size), y);
    }

    private List<List<(string Label, Rgb Color, double Width)>> Rows(double width)
    {
        List<List<(string Label, Rgb Color, double Width)>> rows = [[]];
        var used = 0.0;
        foreach (var entry in entries)
        {
            if (used > 0 && used + entry.Width > width)
            {
                rows.Add([]);
                used = 0;
            }

            rows[^1].Add(entry);
            used += entry.Width;
        }

        return rows;
    }
}
