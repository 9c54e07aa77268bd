namespace ClinicalSuite.Store;

/// <summary>What assembly and routing decided about a study at a revision; recorded in one transaction.</summary>
public sealed record AssemblyDecision
{
    public required string StudyUid { get; init; }

    /// <summary>The revision decided about.</summary>
    public required long Revision { get; init; }

    /// <summary><see cref="Study.AssemblyDue"/> when the case was opened: what was made due since stays due.</summary>
    public required DateTime? SeenDue { get; init; }

    /// <summary>False while the study may still grow: the revision counts as decided only when true.</summary>
    public required bool IsDecided { get; init; }

    /// <summary>When to look again; null when only new images can change anything.</summary>
    public DateTime? Due { get; init; }

    public string WaitingFor { get; init; } = "";

    /// <summary>Runs to queue; those that exist already are left alone.</summary>
    public IReadOnlyList<AnalysisRun> Runs { get; init; } = [];

    /// <summary>By id of a run to queue: the earlier ones of the same analysis on the same series, which it makes pointless.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Replaces { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Lines for the timeline; one that stands there already in the same words is not repeated.</summary>
    public IReadOnlyList<CustodyEvent> Events { get; init; } = [];
}
