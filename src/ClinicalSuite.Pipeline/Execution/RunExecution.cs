using System.Text.Json;
using ClinicalSuite.Findings;
using ClinicalSuite.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>
/// Executes one run, attempt after attempt, until it has ended. Everything is written under the fence of the attempt; results are
/// the files of the attempt whose transaction succeeded, so there is exactly one set.
/// </summary>
internal sealed class RunExecution(
    RunLedger ledger, RunOrder orders, ResultRecord results, StoreFolder folder, PipelineSettings settings, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<RunExecution> log)
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    /// <param name="interrupted">The scheduler's own wish to end the job; treated like a clean stop.</param>
    public async Task ExecuteAsync(string runId, CancellationToken interrupted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupted, lifetime.ApplicationStopping);
        while (!stop.IsCancellationRequested)
        {
            switch (await ledger.TakeAsync(runId, settings.MostAttempts, stop.Token))
            {
                case RunTake.NotTaken no:
                    Log.RunNotTaken(log, runId, no.Why);
                    return;
                case RunTake.Taken taken when !await AttemptAsync(taken.Run, stop.Token):
                    return;
            }
        }
    }

    /// <returns>True when the run may be tried again.</returns>
    private async Task<bool> AttemptAsync(AnalysisRun run, CancellationToken stop)
    {
        Log.RunBegins(log, run.Id, run.AnalysisId, run.Attempts, run.Fence);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var begun = time.GetTimestamp();
        var latest = new LatestProgress();
        try
        {
            var orderFile = await WriteOrderAsync(run, stop);
            var limits = new ChildLimits(settings.RunMemoryBytes, settings.RunTimeLimit);
            var child = ChildProcess.RunAsync(settings.ChildProgram, orderFile, limits, latest, time, kill.Token);
            var beat = await BeatUntilEndAsync(run, child, latest, kill);
            var ending = await child;
            Telemetry.RunSeconds.Record(time.GetElapsedTime(begun).TotalSeconds, Telemetry.Tag("analysis", run.AnalysisId),
                Telemetry.Tag("end", ending.GetType().Name.ToLowerInvariant()));
            return await EndAsync(run, ending, beat, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await ledger.GiveBackAsync(run, CancellationToken.None);
            return false;
        }
#pragma warning disable CA1031 // a job boundary: a defect ends this attempt, not the appliance
        catch (Exception defect)
#pragma warning restore CA1031
        {
            await kill.CancelAsync();
            Log.RunDefect(log, run.Id, defect);
            return await ledger.FailAttemptAsync(
                run, $"internal error: {defect.GetType().Name}", settings.MostAttempts, CancellationToken.None);
        }
    }

    private async Task<string> WriteOrderAsync(AnalysisRun run, CancellationToken cancellation)
    {
        var attempt = folder.AttemptFolder(run.Id, run.Fence);
        Directory.CreateDirectory(attempt);
        var order = await orders.MakeAsync(run, cancellation);
        var orderFile = Path.Combine(folder.RunFolder(run.Id), $"order-{run.Fence}.json");
        await File.WriteAllTextAsync(orderFile, JsonSerializer.Serialize(order, JsonSerializerOptions.Default), cancellation);
        return orderFile;
    }

    /// <summary>Heartbeats while the child works; ends it when the run is cancelled or lost.</summary>
    private async Task<RunBeat> BeatUntilEndAsync(
        AnalysisRun run, Task<ChildEnding> child, LatestProgress latest, CancellationTokenSource kill)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
        while (await Task.WhenAny(child, tick) != child)
        {
            tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            var (fraction, step) = latest.Value;
            var beat = await ledger.BeatAsync(run, fraction, step, CancellationToken.None);
            if (beat != RunBeat.GoOn)
            {
                await kill.CancelAsync();
                return beat;
            }
        }

        return RunBeat.GoOn;
    }

    private async Task<bool> EndAsync(AnalysisRun run, ChildEnding ending, RunBeat beat, CancellationToken stop)
    {
        if (beat == RunBeat.Lost)
        {
            Log.AttemptDropped(log, run.Id, "another attempt has the run");
            return false;
        }

        switch (ending)
        {
            case ChildEnding.Answered answered:
                await RecordAsync(run, answered.Outcome);
                return false;
            case ChildEnding.Killed when beat == RunBeat.Cancel:
                await ledger.CancelledAsync(run, CancellationToken.None);
                return false;
            case ChildEnding.Killed:
                stop.ThrowIfCancellationRequested();
                return false;
            case ChildEnding.Failed failed:
                Log.AttemptFailed(log, run.Id, failed.Cause);
                await File.WriteAllTextAsync(
                    Path.Combine(folder.RunFolder(run.Id), $"stderr-{run.Fence}.txt"), failed.Said.Reveal() ?? "", CancellationToken.None);
                return await ledger.FailAttemptAsync(run, failed.Cause, settings.MostAttempts, CancellationToken.None);
            default:
                throw new InvalidOperationException("an ending that is not known");
        }
    }

    private async Task RecordAsync(AnalysisRun run, AnalysisOutcome outcome)
    {
        folder.FlushAttempt(run.Id, run.Fence);
        var full = await ledger.FindAsync(run.Id, CancellationToken.None);
        run.Study = full!.Study;
        var ending = results.Of(run, outcome);
        if (await ledger.FinishAsync(run, ending, CancellationToken.None))
        {
            Log.RunEnded(log, run.Id, ending.State.ToString(), ending.Evidence.Count);
        }
        else
        {
            // Its end was asked for meanwhile, or a newer attempt has it: the first is recorded, the second is none of ours.
            await ledger.CancelledAsync(run, CancellationToken.None);
            Log.AttemptDropped(log, run.Id, "cancelled or lost at the end");
        }
    }

    private sealed class LatestProgress : IProgress<AnalysisProgress>
    {
        private readonly Lock gate = new();
        private AnalysisProgress value = new(0, "starting");

        public AnalysisProgress Value
        {
            get
            {
                lock (gate)
                {
                    return value;
                }
            }
        }

        public void Report(AnalysisProgress progress)
        {
            lock (gate)
            {
                value = progress;
            }
        }
    }
}
