using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>What has to be told to others by DIMSE-N. Leased, sent and settled as deliveries are.</summary>
public sealed class NotificationOutbox(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Queues what is not queued yet for this destination and subject.</summary>
    public async Task QueueAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var notification in notifications)
        {
            if (!await db.Notifications.AnyAsync(
                n => n.Destination == notification.Destination && n.Subject == notification.Subject, cancellation))
            {
                notification.Created = Now();
                db.Notifications.Add(notification);
            }
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify("");
    }

    /// <summary>Finished runs whose objects have all reached their archives and of which a destination has not been told.</summary>
    /// <param name="subject">With the run's id, the subject of the notification.</param>
    public async Task<IReadOnlyList<AnalysisRun>> UntoldRunsAsync(
        string destination, string subject, DateTime since, int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Runs.AsNoTracking().Include(r => r.Study).Include(r => r.Evidence).ThenInclude(e => e.Deliveries)
            .Where(r => r.State == RunState.Done && r.Ended >= since)
            .Where(r => !db.Notifications.Any(n => n.Destination == destination && n.Subject == subject + " " + r.Id))
            .Where(r => db.Deliveries.Any(d => d.RunId == r.Id && d.Kind == DeliveryKind.Dicom)
                && !db.Deliveries.Any(d => d.RunId == r.Id && d.Kind == DeliveryKind.Dicom && d.State != DeliveryState.Delivered))
            .OrderBy(r => r.Ended).Take(most).AsSplitQuery().ToListAsync(cancellation);
    }

    /// <summary>Leases what is due; about one SOP instance only the oldest, since the next one builds on it.</summary>
    public async Task<IReadOnlyList<Notification>> LeaseDueAsync(
        TimeSpan lease, int most, IReadOnlyCollection<string> busy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Now();
        var due = await Waiting(db)
            .Where(n => !busy.Contains(n.Destination))
            .Where(n => (n.State == NotificationState.Queued && n.NextAttempt <= now)
                || (n.State == NotificationState.Sending && n.LeaseUntil < now))
            .OrderBy(n => n.Destination).ThenBy(n => n.Id).Take(most).ToListAsync(cancellation);
        foreach (var notification in due)
        {
            notification.State = NotificationState.Sending;
            notification.Attempts++;
            notification.Fence++;
            notification.LeaseUntil = now + lease;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return due;
    }

    public async Task<DateTime?> NextDueAsync(IReadOnlyCollection<string> busy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await Waiting(db).Where(n => n.State == NotificationState.Queued && !busy.Contains(n.Destination))
            .MinAsync(n => (DateTime?)n.NextAttempt, cancellation);
    }

    /// <summary>At start-up: nothing is being sent by a process that is gone, and the cut attempt does not count.</summary>
    public async Task<int> ReleaseLeasesAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Notifications.Where(n => n.State == NotificationState.Sending).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.State, NotificationState.Queued).SetProperty(n => n.Attempts, n => n.Attempts - 1),
            cancellation);
    }

    /// <returns>False: a newer lease has it.</returns>
    public async Task<bool> DoneAsync(Notification notification, string text, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var now = Now();
        var written = await Mine(db, notification).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.State, NotificationState.Done).SetProperty(n => n.Done, now)
                .SetProperty(n => n.Error, ""), cancellation);
        return await ToldAsync(db, written, notification, CustodySeverity.Information, text, "", "", cancellation);
    }

    public async Task<bool> RetryAsync(Notification notification, string error, DateTime nextAttempt, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await Mine(db, notification).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.State, NotificationState.Queued).SetProperty(n => n.NextAttempt, nextAttempt)
                .SetProperty(n => n.Error, error), cancellation) == 1;
    }

    public async Task<bool> FailedAsync(
        Notification notification, string text, string error, string remedy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var written = await Mine(db, notification).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.State, NotificationState.Failed).SetProperty(n => n.Error, error), cancellation);
        return await ToldAsync(db, written, notification, CustodySeverity.Warning, text, error, remedy, cancellation);
    }

    /// <summary>What waits; a later one about the same SOP instance is not waiting before the earlier one is done.</summary>
    private static IQueryable<Notification> Waiting(ClinicDb db) => db.Notifications.Where(
        n => (n.State == NotificationState.Queued || n.State == NotificationState.Sending)
            && (n.Kind == NotificationKind.CommitmentReport || !db.Notifications.Any(
                earlier => earlier.Destination == n.Destination && earlier.SopInstanceUid == n.SopInstanceUid && earlier.Id < n.Id
                    && earlier.State != NotificationState.Done)));

    private static IQueryable<Notification> Mine(ClinicDb db, Notification notification) => db.Notifications.Where(
        n => n.Id == notification.Id && n.Fence == notification.Fence && n.State == NotificationState.Sending);

    private async Task<bool> ToldAsync(
        ClinicDb db, int written, Notification notification, CustodySeverity severity, string text, string cause, string remedy,
        CancellationToken cancellation)
    {
        if (written == 0)
        {
            return false;
        }

        db.CustodyEvents.Add(CustodyTimeline.Line(
            time, notification.StudyUid, CustodyStage.Delivery, severity, text, cause, remedy));
        await db.SaveChangesAsync(cancellation);
        changes.Notify(notification.StudyUid);
        return true;
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
