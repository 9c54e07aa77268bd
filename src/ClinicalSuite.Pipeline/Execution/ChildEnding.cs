using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>How a child process ended.</summary>
internal abstract record ChildEnding
{
    private ChildEnding()
    {
    }

    public sealed record Answered(AnalysisOutcome Outcome) : ChildEnding;

    /// <summary>It ended without an outcome: crash, memory, wall clock.</summary>
    /// <param name="Said">Its last words on standard error: whatever a library prints, and so perhaps of the patient.</param>
    public sealed record Failed(string Cause, Phi<string> Said = default) : ChildEnding;

    /// <summary>It was ended because the caller's token was cancelled.</summary>
    public sealed record Killed : ChildEnding;
}
