using System.ComponentModel;
using System.Diagnostics;
using ClinicalSuite.Findings;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>Runs the child process within its limits and listens to it.</summary>
internal static class ChildProcess
{
    private const int LastLines = 6;

    /// <summary>Starts the program, reports its progress, and returns when it has ended, however that comes about.</summary>
    public static async Task<ChildEnding> RunAsync(
        string program, string orderFile, ChildLimits limits, IProgress<AnalysisProgress> progress, TimeProvider time,
        CancellationToken kill)
    {
        using var clock = new CancellationTokenSource(limits.WallClock, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(kill, clock.Token);
        Process child;
        try
        {
            child = Start(program, orderFile, limits);
        }
        catch (Win32Exception problem)
        {
            return new ChildEnding.Failed($"the analysis program cannot be started: {problem.Message}");
        }

        using (child)
        {
            var errors = ReadErrorsAsync(child);
            AnalysisOutcome? outcome = null;
            var output = ReadOutputAsync(child, progress, answer => outcome = answer);
            try
            {
                await child.WaitForExitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                child.Kill(entireProcessTree: true);
                await child.WaitForExitAsync(CancellationToken.None);
            }

            await output;
            var lastErrors = await errors;
            return outcome is not null && child.ExitCode == 0
                ? new ChildEnding.Answered(outcome)
                : kill.IsCancellationRequested
                    ? new ChildEnding.Killed()
                    : new ChildEnding.Failed(
                        clock.IsCancellationRequested
                            ? $"not done within {limits.WallClock.TotalMinutes:0.##} min"
                            : Describe(child.ExitCode, lastErrors),
                        new Phi<string>(string.Join('\n', lastErrors)));
        }
    }

    private static Process Start(string program, string orderFile, ChildLimits limits)
    {
        // Reception, pages and deliveries go first: an analysis takes what they leave.
        // prlimit --data bounds native and managed memory alike; --as would keep shared libraries from being mapped.
        var start = new ProcessStartInfo("prlimit")
        {
            ArgumentList = { $"--data={limits.MemoryBytes}", "nice", "-n", "10", program, ChildAnalysis.Verb, orderFile },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What serves the server (see the launcher) does not serve the kernels of an analysis.
        start.Environment["DOTNET_TieredPGO"] = "1";

        // The collector keeps below the limit by itself before the kernel says no. Hexadecimal without 0x.
        start.Environment["DOTNET_GCHeapHardLimit"] = (limits.MemoryBytes / 10 * 8).ToString("X", null);

        // A dump would hold the patient's images.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start)!;
    }

    private static async Task ReadOutputAsync(
        Process child, IProgress<AnalysisProgress> progress, Action<AnalysisOutcome> answered)
    {
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            switch (ChildMessage.FromLine(line))
            {
                case ChildMessage.Progress step:
                    progress.Report(new AnalysisProgress(step.Fraction, step.Step));
                    break;
                case ChildMessage.Ended ended:
                    answered(ended.Outcome);
                    break;
            }
        }
    }

    private static async Task<IReadOnlyCollection<string>> ReadErrorsAsync(Process child)
    {
        var last = new Queue<string>();
        while (await child.StandardError.ReadLineAsync() is { } line)
        {
            last.Enqueue(line.Length <= 300 ? line : line[..300]);
            if (last.Count > LastLines)
            {
                last.Dequeue();
            }
        }

        return last;
    }

    private static string Describe(int exitCode, IReadOnlyCollection<string> errors)
    {
        if (errors.Any(line => line.Contains("Out of memory", StringComparison.OrdinalIgnoreCase)))
        {
            return "it ran out of the memory that one run may take";
        }

        return exitCode > 128 ? $"it was ended by signal {exitCode - 128}" : $"it ended with status {exitCode}";
    }
}
