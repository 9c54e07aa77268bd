using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>The key figure: the liver seen from the front, brightest voxel along each line, vessels in colour.</summary>
internal static class LiverFigure
{
    private const double PixelMm = 0.8;
    private const double MarginMm = 8;

    // How much vessel along a line of sight makes the colour opaque, mm.
    private const double OpaqueMm = 6;

    public static Figure Draw(Volume<float> image, Volume<byte> labels)
    {
        var (low, high) = LiverBox(labels);
        var columns = 1 + (int)((high.X - low.X) / PixelMm);
        var rows = 1 + (int)((high.Z - low.Z) / PixelMm);
        var depth = 1 + (int)((high.Y - low.Y) / PixelMm);
        var values = new float[columns * rows];
        var opacity = new byte[columns * rows];
        var window = Window(image, labels);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (brightest, thicknessMm) = LookAlong(image, labels, low, high, column, row, depth, window.Low);
                values[(row * columns) + column] = brightest;
                opacity[(row * columns) + column] = (byte)(220 * Math.Min(1, thicknessMm / OpaqueMm));
            }
        }

        return new Figure
        {
            Name = "vessels-mip-coronal",
            Title = "Liver vessels, coronal projection",
            Raster = new FigureRaster(columns, rows, values, window.Low, window.High),
            Overlays = [new FigureOverlay("Hepatic vasculature", LiverLabels.VesselColor, opacity, LiverLabels.Vessels)],
            PixelSizeMm = (PixelMm, PixelMm),
            Directions = ("R", "L", "H", "F"),
        };
    }

    private static (float Brightest, double ThicknessMm) LookAlong(
        Volume<float> image, Volume<byte> labels, Point3 low, Point3 high, int column, int row, int depth, float floor)
    {
        var (brightest, vesselSteps) = (floor, 0);
        var grid = image.Geometry;
        for (var step = 0; step < depth; step++)
        {
            var at = grid.ToIndex(new Point3(low.X + (column * PixelMm), low.Y + (step * PixelMm), high.Z - (row * PixelMm)));
            var (i, j, k) = ((int)Math.Round(at.Column), (int)Math.Round(at.Row), (int)Math.Round(at.Slice));
            if (i < 0 || j < 0 || k < 0 || i >= grid.Columns || j >= grid.Rows || k >= grid.Slices)
            {
                continue;
            }

            var voxel = (((k * grid.Rows) + j) * grid.Columns) + i;
            var label = labels.Voxels[voxel];
            if (label != 0)
            {
                brightest = Math.Max(brightest, image.Voxels[voxel]);
                vesselSteps += label == LiverLabels.Vessels ? 1 : 0;
            }
        }

        return (brightest, vesselSteps * PixelMm);
    }

    /// <summary>Black well below the parenchyma, white at the brightest vessels: taken from this patient's own values.</summary>
    private static (float Low, float High) Window(Volume<float> image, Volume<byte> labels)
    {
        var parenchyma = new List<float>();
        var vessels = new List<float>();
        for (var i = 0; i < labels.Voxels.Length; i++)
        {
            if (labels.Voxels[i] != 0)
            {
                (labels.Voxels[i] == LiverLabels.Vessels ? vessels : parenchyma).Add(image.Voxels[i]);
            }
        }

        var low = OrderStatistics.Quantile(parenchyma.ToArray(), 0.05);
        var high = vessels.Count == 0 ? low + 100 : OrderStatistics.Quantile(vessels.ToArray(), 0.98);
        return (low, Math.Max(high, low + 1));
    }

    private static (Point3 Low, Point3 High) LiverBox(Volume<byte> labels)
    {
        var shape = GridShape.Of(labels.Geometry);
        var low = new Point3(double.MaxValue, double.MaxValue, double.MaxValue);
        var high = new Point3(double.MinValue, double.MinValue, double.MinValue);
        for (var i = 0; i < shape.Count; i++)
        {
            if (labels.Voxels[i] != 0)
            {
                var p = labels.Geometry.ToPatient(i % shape.Columns, i / shape.Columns % shape.Rows, i / shape.SliceSize);
                low = new Point3(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
                high = new Point3(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
            }
        }

        var margin = new Point3(MarginMm, MarginMm, MarginMm);
        return (low - margin, high + margin);
    }
}
