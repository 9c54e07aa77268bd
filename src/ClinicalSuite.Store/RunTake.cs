namespace ClinicalSuite.Store;

/// <summary>The answer to a worker that wants to execute a run.</summary>
public abstract record RunTake
{
    private RunTake()
    {
    }

    /// <param name="Run">The row as it stands now: its fence is the worker's.</param>
    public sealed record Taken(AnalysisRun Run) : RunTake;

    /// <summary>It has ended, another has it, or its attempts are used up.</summary>
    public sealed record NotTaken(string Why) : RunTake;
}
