namespace ClinicalSuite.Cli.Benchmarks;

/// <param name="Threads">How many the run may use.</param>
/// <param name="Folder">Files to read or the place to write; null: the kernel's own.</param>
internal sealed record BenchmarkInput(int Threads, string? Folder);
