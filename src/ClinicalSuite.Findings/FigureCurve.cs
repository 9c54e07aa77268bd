namespace ClinicalSuite.Findings;

/// <summary>A polyline in raster pixels (x to the right, y down; the centre of the first pixel is 0.5, 0.5).</summary>
public sealed record FigureCurve(string Label, Rgb Color, IReadOnlyList<(double X, double Y)> Points);
