using System.Globalization;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Drawing;

/// <summary>Draws a <see cref="Figure"/>: pixels in the patient's proportions, coloured overlays, curves, legend, scale, directions.</summary>
public static class FigureDrawing
{
    private static readonly Rgb Black = new(0, 0, 0);
    private static readonly Rgb Ink = new(235, 235, 235);
    private static readonly Rgb Faint = new(160, 160, 160);
    private static readonly double[] ScaleBarsMm = [1, 2, 5, 10, 20, 50, 100, 200];

    /// <summary>The raster in grey with the overlays laid over it, pixel for pixel; no curves, no text.</summary>
    public static RgbImage Compose(Figure figure)
    {
        var raster = figure.Raster;
        var count = raster.Columns * raster.Rows;
        if (raster.Values.Length != count || figure.Overlays.Any(overlay => overlay.Opacity.Length != count))
        {
            throw new ArgumentException($"figure {figure.Name}: raster and overlays differ in size", nameof(figure));
        }

        var pixels = new byte[3 * count];
        var width = raster.WindowHigh - raster.WindowLow;
        for (var i = 0; i < count; i++)
        {
            // A pixel without a value is black.
            var share = width > 0 ? (raster.Values[i] - raster.WindowLow) / width : 0;
            var grey = float.IsNaN(share) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp(share, 0f, 1f));
            pixels.AsSpan(3 * i, 3).Fill(grey);
        }

        foreach (var overlay in figure.Overlays)
        {
            for (var i = 0; i < count; i++)
            {
                if (overlay.Opacity[i] > 0)
                {
                    Blend(pixels.AsSpan(3 * i, 3), overlay.Color, overlay.Opacity[i]);
                }
            }
        }

        return new RgbImage(raster.Columns, raster.Rows, pixels);
    }

    /// <summary>A picture for Secondary Capture: title above, legend and a last line below.</summary>
    /// <param name="columns">Width in pixels; the height follows from the patient's proportions.</param>
    /// <exception cref="MissingFontException">Not even a code can be shown: a digit is in no font.</exception>
    public static RgbImage Render(Figure figure, int columns, string lastLine)
    {
        using var canvas = Paint(figure, columns, lastLine);
        return canvas.ToImage();
    }

    /// <summary>The same picture as PNG, for web pages.</summary>
    /// <exception cref="MissingFontException">Not even a code can be shown: a digit is in no font.</exception>
    public static byte[] Png(Figure figure, int columns, string lastLine)
    {
        using var canvas = Paint(figure, columns, lastLine);
        return canvas.ToPng();
    }

    /// <summary>Height per width of the image in the patient.</summary>
    public static double Proportion(Figure figure)
    {
        var (columnMm, rowMm) = figure.PixelSizeMm ?? (1, 1);
        return figure.Raster.Rows * rowMm / (figure.Raster.Columns * columnMm);
    }

    /// <summary>Draws image, curves, directions, scale and legend on black into a box; legend where the box leaves room.</summary>
    /// <exception cref="MissingFontException">Not even a code can be shown: a digit is in no font.</exception>
    public static void Draw(Canvas canvas, Figure figure, in Box box, double fontSize)
    {
        canvas.Fill(box, Black);
        var margin = figure.Directions is null ? 0.6 * fontSize : 1.9 * fontSize;
        var style = new TextStyle(fontSize, Ink);
        var legend = new FigureLegend(canvas, figure, style);
        var inner = box.Inset(margin);
        var besides = Fit(figure, inner with { Width = inner.Width - legend.ColumnWidth });
        var below = Fit(figure, inner with { Height = inner.Height - legend.HeightIn(inner.Width) });
        var isBeside = besides.Width > below.Width;
        var image = isBeside ? besides : below;
        canvas.Image(Compose(figure), image);
        DrawCurves(canvas, figure, image);
        DrawDirections(canvas, figure, image, style);
        DrawScale(canvas, figure, image, fontSize);
        if (isBeside)
        {
            legend.DrawColumn(box.Right - margin - legend.ColumnWidth + fontSize, image.Y);
        }
        else
        {
            legend.DrawRows(inner.X, inner.Bottom - legend.HeightIn(inner.Width) + (0.5 * fontSize), inner.Width);
        }
    }

    private static void Blend(Span<byte> pixel, Rgb color, byte opacity)
    {
        ReadOnlySpan<byte> over = [color.Red, color.Green, color.Blue];
        for (var channel = 0; channel < 3; channel++)
        {
            pixel[channel] = (byte)(((pixel[channel] * (255 - opacity)) + (over[channel] * opacity) + 127) / 255);
        }
    }

    private static Canvas Paint(Figure figure, int columns, string lastLine)
    {
        var fontSize = Math.Max(11, columns / 56.0);
        var margin = 1.9 * fontSize;
        var width = columns - (2 * margin);
        var title = new TextStyle(1.25 * fontSize, Ink, Bold: true);
        using var probe = Canvas.Picture(1, 1);
        using var text = probe.Layout(figure.Title, title, new TextSpan(width));
        using var line = probe.Layout(lastLine, new TextStyle(0.85 * fontSize, Faint), new TextSpan(width));
        var legend = new FigureLegend(probe, figure, new TextStyle(fontSize, Ink));
        var top = text.Height + (0.8 * fontSize);
        var panel = new Box(0, top, columns, (width * Proportion(figure)) + (2 * margin) + legend.HeightIn(width));
        var canvas = Canvas.Picture(columns, (int)Math.Ceiling(panel.Bottom + line.Height + (0.8 * fontSize)));
        canvas.Draw(text, margin, 0.5 * fontSize);
        Draw(canvas, figure, panel, fontSize);
        canvas.Draw(line, margin, panel.Bottom + (0.2 * fontSize));
        return canvas;
    }

    /// <summary>The largest box of the patient's proportions in the middle of another.</summary>
    private static Box Fit(Figure figure, in Box box)
    {
        var proportion = Proportion(figure);
        var width = Math.Max(1, Math.Min(box.Width, box.Height / proportion));
        var height = width * proportion;
        return new Box(box.X + ((box.Width - width) / 2), box.Y + ((box.Height - height) / 2), width, height);
    }

    private static void DrawCurves(Canvas canvas, Figure figure, Box image)
    {
        var horizontal = image.Width / figure.Raster.Columns;
        var vertical = image.Height / figure.Raster.Rows;
        var lineWidth = Math.Max(0.8, image.Width / 320);
        canvas.Clipped(image, () =>
        {
            foreach (var curve in figure.Curves)
            {
                canvas.Polyline(
                    [.. curve.Points.Select(point => (image.X + (point.X * horizontal), image.Y + (point.Y * vertical)))],
                    curve.Color,
                    lineWidth);
            }
        });
    }

    private static void DrawDirections(Canvas canvas, Figure figure, in Box image, in TextStyle style)
    {
        if (figure.Directions is not { } letters)
        {
            return;
        }

        var bold = style with { Bold = true };
        var middleX = image.X + (image.Width / 2);
        var middleY = image.Y + (image.Height / 2);
        var gap = 0.95 * style.Size;
        DrawCentred(canvas, letters.Left, bold, image.X - gap, middleY);
        DrawCentred(canvas, letters.Right, bold, image.Right + gap, middleY);
        DrawCentred(canvas, letters.Top, bold, middleX, image.Y - gap);
        DrawCentred(canvas, letters.Bottom, bold, middleX, image.Bottom + gap);
    }

    private static void DrawCentred(Canvas canvas, string text, in TextStyle style, double x, double y)
    {
        using var block = canvas.Layout(text, style);
        canvas.Draw(block, x - (block.Width / 2), y - (block.Height / 2));
    }

    /// <summary>The longest round bar within a third of the width.</summary>
    private static void DrawScale(Canvas canvas, Figure figure, in Box image, double fontSize)
    {
        if (figure.PixelSizeMm is not { } size)
        {
            return;
        }

        var perMm = image.Width / (figure.Raster.Columns * size.ColumnMm);
        var room = image.Width / 3;
        var lengthMm = Array.FindLast(ScaleBarsMm, bar => bar * perMm <= room);
        if (lengthMm == 0)
        {
            return;
        }

        var length = lengthMm * perMm;
        var left = image.X + (0.8 * fontSize);
        var y = image.Bottom - (0.8 * fontSize);
        var label = lengthMm < 10
            ? string.Create(CultureInfo.InvariantCulture, $"{lengthMm} mm")
            : string.Create(CultureInfo.InvariantCulture, $"{lengthMm / 10} cm");
        using var text = canvas.Layout(label, new TextStyle(0.9 * fontSize, Ink));

        // A dark plate below, since the image may be bright there.
        var plate = new Box(
            left - (0.4 * fontSize),
            y - text.Height - (0.3 * fontSize),
            Math.Max(length, text.Width) + (0.8 * fontSize),
            text.Height + (0.8 * fontSize));
        canvas.Fill(plate, Black, 0.55);
        canvas.Draw(text, left, y - text.Height - (0.1 * fontSize));
        var tick = 0.28 * fontSize;
        canvas.Polyline(
            [(left, y - tick), (left, y), (left + length, y), (left + length, y - tick)], Ink, Math.Max(0.8, 0.09 * fontSize));
    }
}
