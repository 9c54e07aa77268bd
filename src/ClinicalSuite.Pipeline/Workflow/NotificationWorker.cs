using ClinicalSuite.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>Tells others what has to be told, until they have taken it; each destination has its own task.</summary>
public sealed class NotificationWorker(
    NotificationOutbox outbox, WorkflowSettings settings, WorkflowTls tls, ChangeFeed changes, WorkerHealth health, TimeProvider time,
    ILogger<NotificationWorker> log) : BackgroundService
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly WorkLoop loop = new("notification", changes, health, time, log);

    // One slow or dead destination must not keep the others waiting: each has its own task.
    private readonly Dictionary<string, Task> sending = [];

    private readonly NotificationSender sender = new(settings, tls.Outgoing);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await loop.RunAsync(LookAsync, stoppingToken);
        await Task.WhenAll(sending.Values);
    }

    private async Task<TimeSpan?> LookAsync(CancellationToken stopping)
    {
        foreach (var destination in sending.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
        {
            sending.Remove(destination);
        }

        var due = await outbox.LeaseDueAsync(settings.Lease, MostAtOnce, sending.Keys, stopping);
        foreach (var forOne in due.GroupBy(one => one.Destination))
        {
            var task = SendAsync([.. forOne], stopping);
            sending[forOne.Key] = task;
            _ = task.ContinueWith(_ => loop.Wake.Call(), TaskScheduler.Default);
        }

        return due.Count > 0 ? TimeSpan.Zero : await SleepAsync(sending.Keys, stopping);
    }

    private async Task<TimeSpan> SleepAsync(IReadOnlyCollection<string> busy, CancellationToken stopping)
    {
        if (await outbox.NextDueAsync(busy, stopping) is not { } next)
        {
            return LongestSleep;
        }
        var left = next - time.GetUtcNow().UtcDateTime;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left : LongestSleep;
    }

    private async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            foreach (var notification in notifications)
            {
                var answer = await sender.SendAsync(notification, stopping);
                if (stopping.IsCancellationRequested && !answer.IsDone)
                {
                    return; // our own stop cut it: the lease is released at the next start
                }
                await SettleAsync(notification, answer);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception defect)
        {
            // A job boundary: the rows keep their lease until it runs out and are then tried again.
            Log.NotificationDefect(log, notifications[0].Destination, defect);
        }
    }

    private async Task SettleAsync(Notification notification, NotificationAnswer answer)
    {
        var what = NotificationSender.Name(notification.Kind);
        if (answer.IsDone)
        {
            await outbox.DoneAsync(notification, $"{notification.Destination} has taken {what}.", CancellationToken.None);
        }
        else if (answer.MayPass && notification.Attempts < settings.MostAttempts)
        {
            await outbox.RetryAsync(
                notification, answer.Cause, time.GetUtcNow().UtcDateTime + settings.PauseAfter(notification.Attempts),
                CancellationToken.None);
        }
        else
        {
            await outbox.FailedAsync(
                notification, $"{notification.Destination} could not be told: {what}.", answer.Cause, answer.Remedy,
                CancellationToken.None);
        }
        Log.NotificationSettled(
            log, notification.Subject, notification.Destination, answer.IsDone, notification.Attempts, answer.Cause);
    }
}
