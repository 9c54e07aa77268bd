using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>
/// Looks after what was sent until it is proved that the destination has it. All that is true stands in the database: a
/// restart goes on where the last process ended.
/// </summary>
public sealed class ProofWorker(
    DeliverySettings settings, WorkflowSettings workflow, DeliveryProofBook book, CommitmentService reports,
    ChangeFeed changes, WorkerHealth health, TimeProvider time, ILogger<ProofWorker> log) : BackgroundService
{
    private const int MostAtOnce = 256;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly WorkLoop loop = new("proof", changes, health, time, log);

    // One slow or dead destination must not keep the others waiting: each has its own task.
    private readonly Dictionary<string, Task> asking = [];

    private readonly DicomProof dicom = new(workflow, settings, book, reports, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await loop.RunAsync(LookAsync, stoppingToken);
        await Task.WhenAll(asking.Values);
    }

    private async Task<TimeSpan?> LookAsync(CancellationToken stopping)
    {
        foreach (var destination in asking.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
        {
            asking.Remove(destination);
        }

        var due = await book.LeaseDueAsync(workflow.Lease, MostAtOnce, asking.Keys, stopping);
        foreach (var forOne in due.GroupBy(one => one.Destination))
        {
            var task = ProveAsync([.. forOne], stopping);
            asking[forOne.Key] = task;
            _ = task.ContinueWith(_ => loop.Wake.Call(), TaskScheduler.Default);
        }

        return due.Count > 0 ? TimeSpan.Zero : await SleepAsync(asking.Keys, stopping);
    }

    private async Task<TimeSpan> SleepAsync(IReadOnlyCollection<string> busy, CancellationToken stopping)
    {
        if (await book.NextDueAsync(busy, stopping) is not { } next)
        {
            return LongestSleep;
        }
        var left = next - Now();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left : LongestSleep;
    }

    /// <summary>All that is due at one destination, run by run.</summary>
    private async Task ProveAsync(IReadOnlyList<Store.Delivery> rows, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            foreach (var run in rows.GroupBy(row => row.RunId))
            {
                await ProveRunAsync([.. run], stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception defect)
        {
            // A job boundary: the rows are due again when their lease has run out.
            Log.ProofDefect(log, rows[0].Destination, defect);
        }
    }

    private async Task ProveRunAsync(IReadOnlyList<Store.Delivery> rows, CancellationToken stopping)
    {
        var overdue = rows.Where(row => row.Error.Length == 0 && Now() - row.Sent >= workflow.Alarm).ToList();
        if (overdue.Count > 0)
        {
            await book.AlarmAsync(overdue, workflow.Alarm, stopping);
        }
        var requests = await book.RequestsAsync(rows[0], stopping);
        if (requests.Count > 0 && requests[^1] is { Reported: null } waiting
            && rows.All(row => row.CommitmentTransaction == waiting.TransactionUid)
            && waiting.Asked + workflow.ReportLimit > Now())
        {
            // Looked at only for the alarm.
            await book.PostponeAsync(rows, waiting.Asked + workflow.ReportLimit, rows[0].ProofText, stopping);
            return;
        }
        if (settings.Pacs.FirstOrDefault(p => p.Name == rows[0].Destination) is { } pacs)
        {
            await dicom.ProveAsync(pacs, rows, (some, outcome) => SettleAsync(some, outcome, stopping), stopping);
        }
        else
        {
            await book.GiveUpAsync(
                rows, "the destination is no longer in the settings", "Add it again, or send by hand.", CancellationToken.None);
        }
    }

    private async Task SettleAsync(IReadOnlyList<Store.Delivery> rows, ProofOutcome outcome, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested && outcome is ProofOutcome.Later or ProofOutcome.Missing)
        {
            return; // our own stop cut it: due again at the next start
        }
        var text = "";
        switch (outcome)
        {
            case ProofOutcome.Settled settled:
                await book.SettleAsync(rows, settled.Proof, text = settled.Text, CancellationToken.None);
                break;
            case ProofOutcome.Hopeless hopeless:
                await book.GiveUpAsync(rows, text = hopeless.Cause, hopeless.Remedy, CancellationToken.None);
                break;
            case ProofOutcome.Later later:
                await PostponeAsync(rows, text = later.Text, isMissing: false);
                break;
            case ProofOutcome.Missing missing:
                await PostponeAsync(rows, text = missing.Text, isMissing: true);
                break;
            case ProofOutcome.Asked:
                // Due when the report has not come, or when its absence is to be told.
                var alarm = rows[0].Sent + workflow.Alarm;
                if (rows[0].Error.Length == 0 && alarm > Now() && alarm < Now() + workflow.ReportLimit)
                {
                    await book.PostponeAsync(
                        rows, alarm.Value, "storage commitment asked for; its report is awaited", CancellationToken.None);
                }
                break;
        }
        Log.ProofSettled(log, rows[0].RunId, rows.Count, rows[0].Destination, outcome.GetType().Name, text);
    }

    /// <summary>Each row has its own time of sending: one may be due to be given up and its neighbour not.</summary>
    private async Task PostponeAsync(IReadOnlyList<Store.Delivery> rows, string text, bool isMissing)
    {
        var limit = isMissing ? workflow.VisibleLimit : workflow.ProofLimit;
        var late = rows.Where(row => Now() - row.Sent >= limit).ToList();
        var waiting = rows.Except(late).ToList();
        if (waiting.Count > 0)
        {
            await book.PostponeAsync(
                waiting, Now() + workflow.PauseAfter(waiting[0].ProofAttempts), text, CancellationToken.None);
        }
        if (late.Count == 0)
        {
            return;
        }
        if (isMissing)
        {
            await book.DisproveAsync(
                late, $"{text} {limit.TotalMinutes:0.#} min after it was sent", workflow.MostResends, Now() + workflow.FirstPause,
                CancellationToken.None);
        }
        else
        {
            await book.GiveUpAsync(
                late, text, "Make the PACS answer to us, then send again.", CancellationToken.None);
        }
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
