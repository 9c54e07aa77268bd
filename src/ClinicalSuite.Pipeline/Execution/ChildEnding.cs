namespace ClinicalSuite.Pipeline.Execution;

/// <summary>How a child process ended.</summary>
internal abstract record ChildEnding
{
    private ChildEnding()
    {
    }

    public sealed record Answered(AnalysisOutcome Outcome) : ChildEnding;

    /// <summary>It ended without an outcome: crash, memory, wall clock.</summary>
    public sealed record Failed(string Cause) : ChildEnding;

    /// <summary>It was ended because the caller's token was cancelled.</summary>
    public sealed record Killed : ChildEnding;
}
