namespace ClinicalSuite.Store;

/// <summary>One analysis of one study on one input. Unique on study, analysis, version and input hash.</summary>
public sealed class AnalysisRun
{
    /// <summary>32 hexadecimal digits, derived from the unique key: UIDs of the results derive from it.</summary>
    public required string Id { get; set; }

    public required string StudyUid { get; set; }

    public required string AnalysisId { get; set; }

    public required string AnalysisVersion { get; set; }

    /// <summary>SHA-256 over roles, instances with their hashes, given segments and settings.</summary>
    public required string InputHash { get; set; }

    public required IReadOnlyList<RunInput> Inputs { get; set; }

    public RunState State { get; set; }

    /// <summary>Attempts begun and not given back by a clean stop.</summary>
    public int Attempts { get; set; }

    /// <summary>Counts up with every take; only the holder of the latest may write.</summary>
    public long Fence { get; set; }

    public DateTime? Heartbeat { get; set; }

    /// <summary>0..1.</summary>
    public double Progress { get; set; }

    /// <summary>What the analysis is doing.</summary>
    public string Step { get; set; } = "";

    public bool CancelRequested { get; set; }

    /// <summary>Coded reason where the state has one, e.g. NO-CONTRAST.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The measured cause, or what went wrong in the latest attempt.</summary>
    public string Cause { get; set; } = "";

    /// <summary>The run that this one replaces: late images made a new version.</summary>
    public string? SupersedesRunId { get; set; }

    /// <summary>The newer run whose results replace these.</summary>
    public string? SupersededByRunId { get; set; }

    /// <summary>Also the time that the results state: every attempt writes the same bytes.</summary>
    public DateTime Created { get; set; }

    public DateTime? Started { get; set; }

    public DateTime? Ended { get; set; }

    public Study? Study { get; set; }

    public List<EvidenceObject> Evidence { get; } = [];
}
