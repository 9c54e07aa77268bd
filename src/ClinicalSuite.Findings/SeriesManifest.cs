using ClinicalSuite.Imaging;

namespace ClinicalSuite.Findings;

/// <summary>Typed acquisition facts of one series.</summary>
public sealed record SeriesManifest
{
    public required string SeriesUid { get; init; }

    /// <summary>CT, MR, US, SEG, RTSTRUCT, ...</summary>
    public required string Modality { get; init; }

    public required int InstanceCount { get; init; }

    public string Description { get; init; } = "";

    /// <summary>BodyPartExamined as sent; often empty or wrong.</summary>
    public string BodyPart { get; init; } = "";

    /// <summary>ORIGINAL\PRIMARY\AXIAL as separate words.</summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>Null while the instances do not form one regular stack; <see cref="GeometryProblem"/> then says why.</summary>
    public VolumeGeometry? Geometry { get; init; }

    /// <summary>Named reason (code and measured cause) why the slices form no volume.</summary>
    public (Code Reason, string Cause)? GeometryProblem { get; init; }

    public double? SliceThicknessMm { get; init; }

    public double? GantryTiltDegrees { get; init; }

    /// <summary>The agent named by the sender; null when none is named (which does not prove a native scan).</summary>
    public string? ContrastAgent { get; init; }

    public TimeSpan? ContrastStartToAcquisition { get; init; }

    public double? RepetitionTimeMs { get; init; }

    public double? EchoTimeMs { get; init; }

    public double? FlipAngleDegrees { get; init; }

    public double? BValue { get; init; }

    /// <summary>A derived series (SEG, RTSTRUCT, SR) names the series it refers to.</summary>
    public IReadOnlyList<string> ReferencedSeriesUids { get; init; } = [];
}
