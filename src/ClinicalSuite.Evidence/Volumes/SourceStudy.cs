using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>One received study.</summary>
public sealed record SourceStudy
{
    public required PatientFacts Patient { get; init; }

    public required StudyFacts Facts { get; init; }

    public required IReadOnlyList<SourceSeries> Series { get; init; }

    /// <summary>What is wrong with the study and yet keeps nothing from being read.</summary>
    public IReadOnlyList<QualityNote> Notes { get; init; } = [];

    /// <summary>Its objects name several patients: different IDs, or one ID of different issuers.</summary>
    public bool HasContradictoryIdentity { get; init; }

    /// <summary>What analyses get to see.</summary>
    public StudyManifest Manifest => new(Facts.StudyUid, [.. Series.Select(series => series.Manifest)]);
}
