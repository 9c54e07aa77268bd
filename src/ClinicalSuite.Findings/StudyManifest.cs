namespace ClinicalSuite.Findings;

/// <summary>What is known of a study without its pixels. No DICOM tag crosses this line.</summary>
public sealed record StudyManifest(string StudyUid, IReadOnlyList<SeriesManifest> Series);
