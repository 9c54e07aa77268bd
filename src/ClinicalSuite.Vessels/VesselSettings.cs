namespace ClinicalSuite.Vessels;

/// <summary>
/// The numbers of <see cref="OrganVessels"/>. Lengths in mm; levels in standard deviations of the organ's own noise or in
/// shares of its own vessel contrast, never in absolute intensity.
/// </summary>
public sealed record VesselSettings
{
    /// <summary>Smoothing before cutting, mm.</summary>
    public double SmoothingMm { get; init; } = 0.9;

    /// <summary>Radius of the ball of the local median that is the background, mm: vessels must fill less than half of it.</summary>
    public double BackgroundRadiusMm { get; init; } = 14;

    /// <summary>A voxel must stand out by this many standard deviations.</summary>
    public double NoiseLimit { get; init; } = 3;

    /// <summary>Radius in which a vessel's height on its axis is looked up, mm.</summary>
    public double HeightRadiusMm { get; init; } = 2.0;

    /// <summary>A piece is kept if its peak stands out by this many standard deviations.</summary>
    public double PeakLimit { get; init; } = 6;

    /// <summary>... and if it is larger than this, mm^3.</summary>
    public double SmallestPieceMm3 { get; init; } = 30;

    /// <summary>Where a tube is seen, a voxel need stand out by only this many standard deviations.</summary>
    public double TubeNoiseLimit { get; init; } = 2.2;

    /// <summary>A tube is seen where the vesselness exceeds this many times its 84th percentile in the parenchyma.</summary>
    public double TubeLimit { get; init; } = 2.5;

    /// <summary>A tube that touches no other vessel is kept if its peak stands out by this many standard deviations.</summary>
    public double LoneTubePeakLimit { get; init; } = 4.5;

    /// <summary>... and if it is larger than this, mm^3.</summary>
    public double LoneTubeMm3 { get; init; } = 40;

    /// <summary>Scales of the vesselness, mm: thin branches only, thick ones are seen by their intensity.</summary>
    public IReadOnlyList<double> TubeSigmasMm { get; init; } = [0.8, 1.2];
}
