namespace ClinicalSuite.Cli.Benchmarks;

/// <summary>One kernel that can be timed by itself.</summary>
/// <param name="Name">As typed after <c>bench</c>.</param>
/// <param name="Work">What one run does.</param>
/// <param name="Prepare">Makes the input, untimed, and gives what one run does and how many bytes it handles.</param>
internal sealed record Benchmark(string Name, string Work, Func<BenchmarkInput, PreparedRun> Prepare);
