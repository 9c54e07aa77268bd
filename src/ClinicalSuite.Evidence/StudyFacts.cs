namespace ClinicalSuite.Evidence;

/// <summary>The study and its order, as text of the source. Empty where the source says nothing.</summary>
public sealed record StudyFacts
{
    public required string StudyUid { get; init; }

    public string StudyId { get; init; } = "";

    public string AccessionNumber { get; init; } = "";

    /// <summary>When the study began, local time of the sender; null when absent or unreadable.</summary>
    public DateTime? Started { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Alphabetic name of the referring physician, Family^Given.</summary>
    public string ReferringPhysician { get; init; } = "";

    public string PlacerOrderNumber { get; init; } = "";

    public string FillerOrderNumber { get; init; } = "";

    public string RequestedProcedureId { get; init; } = "";

    public string RequestedProcedureDescription { get; init; } = "";

    /// <summary>SpecificCharacterSet of the source, values joined by a backslash; empty when absent.</summary>
    public string CharacterSet { get; init; } = "";
}
