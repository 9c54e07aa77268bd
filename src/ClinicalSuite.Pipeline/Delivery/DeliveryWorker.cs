using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>
/// Empties the outbox. All that is true stands in the database: what is taken is leased under a fence, so that a
/// restart goes on where the last process ended and nobody else writes the outcome of what this worker sends.
/// </summary>
public sealed class DeliveryWorker(
    DeliverySettings settings, WorkflowSettings workflow, DeliveryOutbox outbox, StoreFolder folder, ChangeFeed changes,
    WorkerHealth health, TimeProvider time, ILogger<DeliveryWorker> log) : BackgroundService
{
    private const int MostAtOnce = 64;

    // Looks again without being called: a row may have been queued by another process.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly WorkLoop loop = new("delivery", changes, health, time, log);
    private readonly DicomSender dicom = new(settings, folder);
    private readonly WebSender web = new(folder);
    private readonly OruSender oru = new(settings, folder, time);

    // One slow or dead destination must not keep the others waiting: each has its own task.
    private readonly Dictionary<string, Task> sending = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await loop.RunAsync(LeaseAsync, stoppingToken);
        await Task.WhenAll(sending.Values);
    }

    private async Task<TimeSpan?> LeaseAsync(CancellationToken stopping)
    {
        foreach (var destination in sending.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
        {
            sending.Remove(destination);
        }

        var due = await outbox.LeaseDueAsync(settings.Lease, MostAtOnce, sending.Keys, stopping);
        foreach (var forOne in due.GroupBy(delivery => delivery.Destination))
        {
            var task = SendAsync([.. forOne], stopping);
            sending[forOne.Key] = task;
            _ = task.ContinueWith(_ => loop.Wake.Call(), TaskScheduler.Default);
        }

        return due.Count > 0 ? TimeSpan.Zero : await SleepAsync(sending.Keys, stopping);
    }

    /// <summary>The end of a busy destination's task wakes the worker anyway.</summary>
    private async Task<TimeSpan> SleepAsync(IReadOnlyCollection<string> busy, CancellationToken stopping)
    {
        if (await outbox.NextDueAsync(busy, stopping) is not { } next)
        {
            return LongestSleep;
        }
        var left = next - time.GetUtcNow().UtcDateTime;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left : LongestSleep;
    }

    /// <summary>All deliveries to one destination, run by run.</summary>
    private async Task SendAsync(IReadOnlyList<Store.Delivery> deliveries, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            foreach (var run in deliveries.GroupBy(delivery => (delivery.RunId, delivery.Kind)))
            {
                await SendRunAsync(run.Key.Kind, [.. run], stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The leases are released at the next start, and the cut attempt does not count.
        }
        catch (Exception defect)
        {
            // A job boundary: the rows keep their lease until it runs out and are then tried again.
            Log.DeliveryDefect(log, deliveries[0].Destination, defect);
        }
    }

    private async Task SendRunAsync(
        DeliveryKind kind, IReadOnlyList<Store.Delivery> deliveries, CancellationToken stopping)
    {
        var destination = deliveries[0].Destination;
        if (kind == DeliveryKind.Dicom && settings.Pacs.FirstOrDefault(p => p.Name == destination) is { } pacs)
        {
            await dicom.SendAsync(pacs, deliveries, (one, outcome) => SettleAsync(one, outcome, stopping), stopping);
            return;
        }
        if (kind == DeliveryKind.DicomWeb && settings.Web.FirstOrDefault(w => w.Name == destination) is { } service)
        {
            await web.SendAsync(service, deliveries, (one, outcome) => SettleAsync(one, outcome, stopping), stopping);
            return;
        }
        var ris = kind == DeliveryKind.Oru ? settings.Ris.FirstOrDefault(r => r.Name == destination) : null;
        foreach (var delivery in deliveries)
        {
            var outcome = ris is null
                ? new DeliveryOutcome.Refused(
                    "the destination is no longer in the settings", "Add it again, or send by hand.")
                : await oru.SendAsync(ris, delivery, stopping);
            await SettleAsync(delivery, outcome, stopping);
        }
    }

    /// <summary>The acknowledgement of a RIS is its application's; that of a PACS is of the transfer, and is still to be proved.</summary>
    private Task<bool> AcknowledgedAsync(Store.Delivery delivery, PeerAnswer acknowledgement) => delivery.Kind switch
    {
        DeliveryKind.Dicom when workflow.PolicyOf(delivery.Destination) != ProofPolicy.None =>
            outbox.SentAsync(delivery, acknowledgement, CancellationToken.None),
        DeliveryKind.Dicom =>
            outbox.DeliveredAsync(delivery, acknowledgement, DeliveryProof.NotAsked, CancellationToken.None),
        _ => outbox.DeliveredAsync(delivery, acknowledgement, DeliveryProof.Acknowledgement, CancellationToken.None),
    };

    private async Task SettleAsync(Store.Delivery delivery, DeliveryOutcome outcome, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested && outcome is not DeliveryOutcome.Delivered)
        {
            return; // our own stop cut it: not the destination's fault, and no attempt
        }
        var (mine, text) = outcome switch
        {
            DeliveryOutcome.Delivered { Proof: { } proof } proved => (
                await outbox.DeliveredAsync(delivery, proved.Acknowledgement, proof, CancellationToken.None),
                proved.Acknowledgement.Text),
            DeliveryOutcome.Delivered done => (await AcknowledgedAsync(delivery, done.Acknowledgement), done.Acknowledgement.Text),
            DeliveryOutcome.Refused no => (
                await outbox.FailedAsync(delivery, no.Cause, no.Remedy, CancellationToken.None), no.Cause.Text),
            DeliveryOutcome.Later later when delivery.Attempts >= settings.MostAttempts => (
                await outbox.FailedAsync(delivery, later.Cause with { Text = $"{later.Cause.Text}; given up after {delivery.Attempts} attempts" },
                    "Make the destination reachable, then send it again.", CancellationToken.None), later.Cause.Text),
            DeliveryOutcome.Later later => (
                await outbox.RetryAsync(delivery, later.Cause,
                    time.GetUtcNow().UtcDateTime + settings.PauseAfter(delivery.Attempts), CancellationToken.None),
                later.Cause.Text),
            _ => (await outbox.HoldAsync(delivery, CancellationToken.None), "no trustworthy patient"),
        };
        if (!mine)
        {
            text += "; a newer lease has it";
        }
        Telemetry.Deliveries.Add(1, Telemetry.Tag("kind", delivery.Kind.ToString().ToLowerInvariant()),
            Telemetry.Tag("outcome", outcome.GetType().Name.ToLowerInvariant()));
        Log.DeliverySettled(log, delivery.RunId, delivery.Evidence!.FileName, delivery.Destination,
            outcome.GetType().Name, delivery.Attempts, text);
    }
}
