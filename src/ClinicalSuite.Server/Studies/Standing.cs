namespace ClinicalSuite.Server.Studies;

/// <summary>How a study stands, in one word for the list.</summary>
public enum Standing
{
    Receiving,
    Waiting,
    NothingToAnalyse,
    Analysing,
    Delivering,
    Held,
    Delivered,

    /// <summary>Results are made and there is nowhere to send them.</summary>
    Complete,
    NotAssessable,
    Cancelled,
    NeedsAttention,
}
