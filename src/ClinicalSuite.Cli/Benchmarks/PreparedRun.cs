namespace ClinicalSuite.Cli.Benchmarks;

/// <summary>A run that can be repeated.</summary>
/// <param name="Bytes">What one run reads or writes.</param>
/// <param name="Run">The timed part.</param>
/// <param name="Clean">Removes what the runs left; null when that is nothing.</param>
internal sealed record PreparedRun(long Bytes, Action Run, Action? Clean = null);
