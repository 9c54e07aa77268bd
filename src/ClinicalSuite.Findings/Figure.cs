namespace ClinicalSuite.Findings;

/// <summary>A picture as data: only Evidence/Drawing draws it.</summary>
public sealed record Figure
{
    /// <summary>Stable key, e.g. <c>vessels-mip-coronal</c>. The first figure of a result is its key figure.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required FigureRaster Raster { get; init; }

    public IReadOnlyList<FigureOverlay> Overlays { get; init; } = [];

    public IReadOnlyList<FigureCurve> Curves { get; init; } = [];

    /// <summary>Size of a raster pixel in the patient, mm, for the scale bar and the aspect ratio; null when it has none.</summary>
    public (double ColumnMm, double RowMm)? PixelSizeMm { get; init; }

    /// <summary>What left, right, top, bottom of the picture are (R, L, H, F, A, P), where they are directions of the patient.</summary>
    public (string Left, string Right, string Top, string Bottom)? Directions { get; init; }
}
