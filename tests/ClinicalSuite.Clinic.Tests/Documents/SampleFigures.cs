using ClinicalSuite.Findings;

namespace ClinicalSuite.Clinic.Tests.Documents;

/// <summary>Drawn figures: an ellipse for the liver and branching lines for its vessels.</summary>
internal static class SampleFigures
{
    public static Figure Of(int columns, int rows, float[] values, float low, float high) => new()
    {
        Name = "sample",
        Title = "Sample",
        Raster = new FigureRaster(columns, rows, values, low, high),
    };

    public static Figure LiverCoronal()
    {
        const int columns = 320;
        const int rows = 200;
        var values = new float[columns * rows];
        var liver = new byte[columns * rows];
        var vessels = new byte[columns * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var i = (row * columns) + column;
                var body = Ellipse(column, row, 160, 100, 150, 95);
                var inLiver = Ellipse(column, row, 110, 80, 75, 55) <= 1;
                values[i] = body > 1 ? -1000 : 40 + (20 * MathF.Sin(0.11f * column) * MathF.Cos(0.07f * row)) + (inLiver ? 50 : 0);
                liver[i] = inLiver ? (byte)60 : (byte)0;
                vessels[i] = inLiver && IsVessel(column - 150, row - 100) ? (byte)230 : (byte)0;
            }
        }

        return new Figure
        {
            Name = "vessels-mip-coronal",
            Title = "Liver vessels, coronal maximum intensity projection",
            Raster = new FigureRaster(columns, rows, values, -60, 200),
            Overlays =
            [
                new FigureOverlay("Liver", new Rgb(221, 130, 101), liver, 1),
                new FigureOverlay("Hepatic vasculature", new Rgb(0, 151, 206), vessels, 2),
            ],
            Curves = [new FigureCurve("Centreline", new Rgb(255, 220, 60), [(150, 100), (120, 85), (90, 80), (60, 72)])],
            PixelSizeMm = (1.2, 1.25),
            Directions = ("R", "L", "H", "F"),
        };
    }

    public static Figure LiverCoronalChinese()
    {
        var figure = LiverCoronal();
        return figure with
        {
            Title = "肝血管冠状位最大密度投影（MIP）",
            Overlays =
            [
                figure.Overlays[0] with { Label = "肝脏" },
                figure.Overlays[1] with { Label = "肝血管 1 860.6 cm³" },
            ],
        };
    }

    private static float Ellipse(int x, int y, float centreX, float centreY, float radiusX, float radiusY)
    {
        var (dx, dy) = ((x - centreX) / radiusX, (y - centreY) / radiusY);
        return (dx * dx) + (dy * dy);
    }

    private static bool IsVessel(int dx, int dy) =>
        Math.Abs(dy + (0.3f * dx)) < 4 - (dx * -0.02f) || Math.Abs(dy - (0.35f * dx)) < 3 || Math.Abs(dx + 30 - (0.2f * dy)) < 2;
}
