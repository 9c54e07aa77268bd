using ClinicalSuite.Imaging;

namespace ClinicalSuite.Findings;

/// <summary>A quantity per voxel.</summary>
public sealed record ParametricMap
{
    /// <summary>Stable key and file name, e.g. <c>density</c>.</summary>
    public required string Name { get; init; }

    public required Code Quantity { get; init; }

    public required Code Unit { get; init; }

    public required string SeriesRole { get; init; }

    public required Volume<float> Values { get; init; }
}
