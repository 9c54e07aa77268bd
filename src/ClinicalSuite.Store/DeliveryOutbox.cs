using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>What has to leave. A worker leases what is due, sends, and writes the outcome under the lease's fence.</summary>
public sealed class DeliveryOutbox(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Leases what is due, each with its evidence object and run; ordered by destination, run and ordinal.</summary>
    /// <param name="busy">Destinations that are left alone: the worker is still sending to them.</param>
    public async Task<IReadOnlyList<Delivery>> LeaseDueAsync(
        TimeSpan lease, int most, IReadOnlyCollection<string> busy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Now();
        // An older result must not reach a destination after a newer one, however its row came to be due.
        await db.Deliveries
            .Where(d => db.Runs.Any(r => r.Id == d.RunId && r.SupersededByRunId != null))
            .Where(d => d.State == DeliveryState.Queued || (d.State == DeliveryState.Sending && d.LeaseUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Superseded), cancellation);
        var due = await db.Deliveries.Include(d => d.Evidence).ThenInclude(e => e!.Run).ThenInclude(r => r!.Study)
            .Where(d => !busy.Contains(d.Destination))
            .Where(d => (d.State == DeliveryState.Queued && d.NextAttempt <= now)
                || (d.State == DeliveryState.Sending && d.LeaseUntil < now))
            .OrderBy(d => d.Destination).ThenBy(d => d.RunId).ThenBy(d => d.Evidence!.Ordinal)
            .Take(most).ToListAsync(cancellation);
        foreach (var delivery in due)
        {
            delivery.State = DeliveryState.Sending;
            delivery.Attempts++;
            delivery.Fence++;
            delivery.LeaseUntil = now + lease;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return due;
    }

    /// <summary>At start-up: nothing is being sent by a process that is gone, and the cut attempt does not count.</summary>
    public async Task<int> ReleaseLeasesAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Deliveries.Where(d => d.State == DeliveryState.Sending).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Queued).SetProperty(d => d.Attempts, d => d.Attempts - 1), cancellation);
    }

    /// <summary>When the next delivery to a destination that is not busy is due, or null when none waits.</summary>
    public async Task<DateTime?> NextDueAsync(IReadOnlyCollection<string> busy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Deliveries.Where(d => d.State == DeliveryState.Queued && !busy.Contains(d.Destination))
            .MinAsync(d => (DateTime?)d.NextAttempt, cancellation);
    }

    /// <summary>The destination acknowledged it, and nothing more is to be proved.</summary>
    /// <returns>False: a newer lease has it.</returns>
    public async Task<bool> DeliveredAsync(
        Delivery delivery, PeerAnswer acknowledgement, DeliveryProof proof, CancellationToken cancellation)
    {
        var now = Now();
        await using var db = databases.Create();
        var written = await Mine(db, delivery).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Delivered).SetProperty(d => d.Delivered, now)
                .SetProperty(d => d.Sent, now).SetProperty(d => d.Proof, proof)
                .SetProperty(d => d.Acknowledgement, acknowledgement.Whole).SetProperty(d => d.Error, ""), cancellation);
        return await ToldAsync(
            db, written, delivery, CustodySeverity.Information,
            $"{Name(delivery)} delivered to {delivery.Destination}.", acknowledgement.Text, "", cancellation);
    }

    /// <summary>The destination acknowledged it; from now on its proof is due.</summary>
    /// <returns>False: a newer lease has it.</returns>
    public async Task<bool> SentAsync(Delivery delivery, PeerAnswer acknowledgement, CancellationToken cancellation)
    {
        var now = Now();
        await using var db = databases.Create();
        var written = await Mine(db, delivery).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Sent).SetProperty(d => d.Sent, now)
                .SetProperty(d => d.ProofDue, now).SetProperty(d => d.ProofAttempts, 0).SetProperty(d => d.ProofText, "")
                .SetProperty(d => d.CommitmentTransaction, "").SetProperty(d => d.Proof, DeliveryProof.None)
                .SetProperty(d => d.Acknowledgement, acknowledgement.Whole).SetProperty(d => d.Error, ""), cancellation);
        return await ToldAsync(
            db, written, delivery, CustodySeverity.Information,
            $"{Name(delivery)} sent to {delivery.Destination}; now it is to be proved that it is there.", acknowledgement.Text, "",
            cancellation);
    }

    /// <summary>It did not work, but may later.</summary>
    public async Task<bool> RetryAsync(Delivery delivery, PeerAnswer error, DateTime nextAttempt, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        if (await WithdrawnAsync(db, delivery, error, cancellation) is { } mine)
        {
            return mine;
        }

        var written = await Mine(db, delivery).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Queued).SetProperty(d => d.NextAttempt, nextAttempt)
                .SetProperty(d => d.Error, error.Whole), cancellation);
        return await ToldAsync(
            db, written, delivery, CustodySeverity.Warning,
            $"{Name(delivery)} could not be delivered to {delivery.Destination} in attempt {delivery.Attempts}; it is tried again.",
            error.Text, "", cancellation);
    }

    /// <summary>Refused for good, or the last retry failed: it stops and is shown.</summary>
    public async Task<bool> FailedAsync(Delivery delivery, PeerAnswer error, string remedy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        if (await WithdrawnAsync(db, delivery, error, cancellation) is { } mine)
        {
            return mine;
        }

        var written = await Mine(db, delivery).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Failed).SetProperty(d => d.Error, error.Whole), cancellation);
        return await ToldAsync(
            db, written, delivery, CustodySeverity.Error,
            $"{Name(delivery)} was not delivered to {delivery.Destination} and is not tried again.", error.Text, remedy, cancellation);
    }

    /// <summary>Not to be sent by itself: it waits until a person has confirmed the patient.</summary>
    public async Task<bool> HoldAsync(Delivery delivery, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        if (await WithdrawnAsync(db, delivery, "", cancellation) is { } mine)
        {
            return mine;
        }

        var written = await Mine(db, delivery).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Held), cancellation);
        return await ToldAsync(
            db, written, delivery, CustodySeverity.Warning,
            $"{Name(delivery)} is held: the study has no trustworthy patient.", "", "Confirm the patient on the reconciliation list.",
            cancellation);
    }

    /// <summary>Sends again, by hand, what failed, unless a newer run has taken its place.</summary>
    public async Task<bool> RequeueAsync(string studyUid, long deliveryId, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var now = Now();
        var failed = db.Deliveries.Where(d => d.Id == deliveryId && d.StudyUid == studyUid && d.State == DeliveryState.Failed);
        var requeued = await failed.Where(d => db.Runs.Any(r => r.Id == d.RunId && r.SupersededByRunId == null)).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Queued).SetProperty(d => d.Attempts, 0).SetProperty(d => d.Resends, 0)
                .SetProperty(d => d.NextAttempt, now), cancellation);
        changes.Notify(studyUid);
        return requeued == 1;
    }

    /// <summary>A person confirmed the patient of a study: what was held may leave.</summary>
    public async Task<int> ConfirmIdentityAsync(string studyUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Now();
        await db.Studies.Where(s => s.Uid == studyUid).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.IdentityTrust, IdentityTrust.Confirmed).SetProperty(s => s.IdentityProblem, ""), cancellation);
        var released = await db.Deliveries.Where(d => d.StudyUid == studyUid && d.State == DeliveryState.Held).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Queued).SetProperty(d => d.NextAttempt, now), cancellation);
        db.CustodyEvents.Add(CustodyTimeline.Line(
            time, studyUid, CustodyStage.Delivery, CustodySeverity.Information, "The patient was confirmed by a person."));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(studyUid);
        return released;
    }

    /// <summary>A newer run took the place of its own while it was being sent: it is not sent again.</summary>
    /// <returns>Null when its run is current; else whether the lease still held.</returns>
    private async Task<bool?> WithdrawnAsync(ClinicDb db, Delivery delivery, PeerAnswer error, CancellationToken cancellation)
    {
        if (!await db.Runs.AnyAsync(r => r.Id == delivery.RunId && r.SupersededByRunId != null, cancellation))
        {
            return null;
        }

        var written = await Mine(db, delivery).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Superseded).SetProperty(d => d.Error, error.Whole), cancellation);
        return await ToldAsync(
            db, written, delivery, CustodySeverity.Information,
            $"{Name(delivery)} is not sent to {delivery.Destination}: a newer version took its place.", error.Text, "", cancellation);
    }

    private static IQueryable<Delivery> Mine(ClinicDb db, Delivery delivery) =>
        db.Deliveries.Where(d => d.Id == delivery.Id && d.Fence == delivery.Fence && d.State == DeliveryState.Sending);

    private static string Name(Delivery delivery) => delivery.Evidence?.FileName ?? delivery.Kind.ToString();

    private async Task<bool> ToldAsync(
        ClinicDb db, int written, Delivery delivery, CustodySeverity severity, string text, string cause, string remedy,
        CancellationToken cancellation)
    {
        if (written == 0)
        {
            return false;
        }

        db.CustodyEvents.Add(CustodyTimeline.Line(
            time, delivery.StudyUid, CustodyStage.Delivery, severity, text, cause, remedy, delivery.RunId));
        await db.SaveChangesAsync(cancellation);
        changes.Notify(delivery.StudyUid);
        return true;
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
