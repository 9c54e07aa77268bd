namespace ClinicalSuite.Store.Queries;

/// <summary>
/// Which patients, studies, series or instances are looked for. A condition on what lies below the level holds if some part
/// fulfils it.
/// </summary>
public sealed record ArchiveQuery
{
    /// <summary>One entry may stand for a name with several groups: all conditions must hold.</summary>
    public IReadOnlyList<(QueryColumn Column, Condition Condition)> Where { get; init; } = [];

    /// <summary>Gives each record the path of one of its files, for what the database does not have.</summary>
    public bool WithSample { get; init; }
}
