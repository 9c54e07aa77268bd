namespace ClinicalSuite.Store.Queries;

/// <summary>A study with what is counted over its parts; conflicts are not counted.</summary>
/// <param name="SamplePath">One of its files, relative to the store; empty unless asked for.</param>
public sealed record StudyRecord(
    Study Study, IReadOnlyList<string> Modalities, IReadOnlyList<string> SopClasses, int SeriesCount, int InstanceCount,
    string SamplePath);
