namespace ClinicalSuite.Store.Queries;

/// <summary>A series (its study included) with the number of its instances; conflicts are not counted.</summary>
/// <param name="SamplePath">One of its files, relative to the store; empty unless asked for, or made here.</param>
public sealed record SeriesRecord(Series Series, int InstanceCount, string SamplePath)
{
    /// <summary>A series of results: the database has neither number nor description of it, its files have.</summary>
    public bool IsMadeHere => Series.Id == 0;
}
