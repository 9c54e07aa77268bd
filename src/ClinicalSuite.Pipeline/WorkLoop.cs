using ClinicalSuite.Store;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline;

/// <summary>
/// Keeps a background worker at work: round after round, woken by each change of the store. A round that fails (a full or
/// slow disk, a locked database) is told in the log and made again after a pause; what waits stands in the database.
/// </summary>
internal sealed class WorkLoop(string worker, ChangeFeed changes, WorkerHealth health, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public WakeUp Wake { get; } = new(time);

    /// <summary>Between two rounds at the least, however often it is woken.</summary>
    public TimeSpan Rest { get; init; }

    /// <summary>Returns when the host stops, and not before.</summary>
    /// <param name="round">Does what is due and says when to look again at the latest; null waits for a change.</param>
    public async Task RunAsync(Func<CancellationToken, Task<TimeSpan?>> round, CancellationToken stopping)
    {
        var listening = ListenAsync(stopping);
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var pause = await round(stopping);
                failures = 0;
                health.Works(worker);
                await Wake.WaitAsync(pause < TimeSpan.Zero ? TimeSpan.Zero : pause, stopping);
                await Task.Delay(Rest, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // a job boundary: a worker that ended here would leave an appliance that takes in and does nothing
            catch (Exception fault)
#pragma warning restore CA1031
            {
                health.Fails(worker);
                Log.WorkerFault(log, worker, ++failures, fault);
                await PauseAsync(failures, stopping);
            }
        }

        await listening;
    }

    private async Task PauseAsync(int failures, CancellationToken stopping)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var _ in changes.ListenAsync(stopping))
            {
                Wake.Call();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
