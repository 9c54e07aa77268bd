namespace ClinicalSuite.Pipeline.Execution;

/// <summary>What a child process may take.</summary>
/// <param name="MemoryBytes">Native and managed together.</param>
/// <param name="WallClock">From start to end.</param>
internal sealed record ChildLimits(long MemoryBytes, TimeSpan WallClock);
