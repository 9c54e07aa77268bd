namespace ClinicalSuite.Store;

/// <summary>The images that are said to be in a series.</summary>
public sealed record AnnouncedSeries(string SeriesUid, IReadOnlyList<string> Instances);
