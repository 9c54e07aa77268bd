using System.Diagnostics;
using System.Text.Json;
using ClinicalSuite.Cli.Benchmarks;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Cli;

/// <summary>Times one kernel.</summary>
internal sealed class BenchVerb : IVerb
{
    private const int FewestRuns = 3;
    private const int MostRuns = 50;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    public VerbDescription Description { get; } = new()
    {
        Name = "bench",
        Summary = "one timed kernel, one line of JSON; without a name: the list",
        Operands = "[NAME]",
        MaxOperands = 1,
        Options =
        [
            Option.Number("--threads", "N", "how many it may use (default all)"),
            Option.Text("--input", "DIR", "files to read, or where to write"),
        ],
        Remarks = "seconds is the median of the runs after one that does not count; bytes is what one run handles. A figure means\n"
            + "something beside the figure of a peer on the same machine in the same minute.",
    };

    public Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        if (arguments.Operands.Count == 0)
        {
            foreach (var known in BenchmarkCatalog.All)
            {
                Console.Out.WriteLine($"{known.Name,-14} {known.Work}");
            }

            return Task.FromResult(ExitStatus.Done);
        }

        var name = arguments.Operands[0];
        if (BenchmarkCatalog.All.FirstOrDefault(b => b.Name == name) is not { } benchmark)
        {
            return Task.FromResult(VerbSwitch.Misused(Description, $"no kernel is called {name}; bench alone lists them"));
        }

        var threads = Math.Max(1, arguments.Number("--threads") ?? Environment.ProcessorCount);
        try
        {
            Measure(benchmark, new BenchmarkInput(threads, arguments.Text("--input")), cancellation);
            return Task.FromResult(ExitStatus.Done);
        }
        catch (Exception problem) when (problem is IOException or DicomFormatException)
        {
            Console.Error.WriteLine($"{name}: {problem.Message}");
            return Task.FromResult(ExitStatus.InputRefused);
        }
    }

    private static void Measure(Benchmark benchmark, BenchmarkInput input, CancellationToken cancellation)
    {
        var prepared = benchmark.Prepare(input);
        try
        {
            prepared.Run();
            var seconds = new List<double>();
            var started = Stopwatch.GetTimestamp();
            while (seconds.Count < FewestRuns || (seconds.Count < MostRuns && Stopwatch.GetElapsedTime(started) < Enough))
            {
                cancellation.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                prepared.Run();
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            seconds.Sort();
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                name = benchmark.Name,
                seconds = Math.Round(seconds[seconds.Count / 2], 6),
                runs = seconds.Count,
                threads = input.Threads,
                bytes = prepared.Bytes,
            }));
        }
        finally
        {
            prepared.Clean?.Invoke();
        }
    }
}
