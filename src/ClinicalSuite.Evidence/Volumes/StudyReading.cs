namespace ClinicalSuite.Evidence.Volumes;

/// <summary>What the given files hold.</summary>
public sealed record StudyReading(IReadOnlyList<SourceStudy> Studies, IReadOnlyList<SkippedFile> Skipped);
