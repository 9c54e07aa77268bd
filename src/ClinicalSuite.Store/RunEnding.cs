namespace ClinicalSuite.Store;

/// <summary>How a run ended, with everything it made and where that goes: recorded in one transaction.</summary>
public sealed record RunEnding
{
    /// <summary><see cref="RunState.Done"/>, <see cref="RunState.NotAssessable"/> or <see cref="RunState.Refused"/>.</summary>
    public required RunState State { get; init; }

    public string Reason { get; init; } = "";

    public string Cause { get; init; } = "";

    /// <summary>What was made, without ids; each with its deliveries attached.</summary>
    public IReadOnlyList<EvidenceObject> Evidence { get; init; } = [];

    public required IReadOnlyList<CustodyEvent> Events { get; init; }
}
