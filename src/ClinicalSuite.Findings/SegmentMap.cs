using ClinicalSuite.Imaging;

namespace ClinicalSuite.Findings;

/// <summary>Segments on the grid of the series they were found in: one number per voxel, 0 is background.</summary>
public sealed record SegmentMap
{
    /// <summary>The role of the input series (key of <see cref="AnalysisInput.Series"/>) on whose grid the labels lie.</summary>
    public required string SeriesRole { get; init; }

    public required Volume<byte> Labels { get; init; }

    public required IReadOnlyList<Segment> Segments { get; init; }
}
