using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>
/// What was sent and has to be proved. Outcomes are written only on rows that are <see cref="DeliveryState.Sent"/> still, or
/// that a weaker proof has ended.
/// </summary>
public sealed class DeliveryProofBook(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Takes what is due; unless something is written about it, it is due again when the lease has run out.</summary>
    /// <param name="busy">Destinations that are left alone: they are being asked.</param>
    public async Task<IReadOnlyList<Delivery>> LeaseDueAsync(
        TimeSpan lease, int most, IReadOnlyCollection<string> busy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Now();
        var due = await Ready(db, now, busy).Include(d => d.Evidence)
            .Where(d => d.ProofDue <= now)
            .OrderBy(d => d.Destination).ThenBy(d => d.RunId).ThenBy(d => d.Evidence!.Ordinal)
            .Take(most).ToListAsync(cancellation);
        foreach (var delivery in due)
        {
            delivery.ProofAttempts++;
            delivery.ProofDue = now + lease;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return due;
    }

    /// <summary>When the next proof at a destination that is not busy is due, or null when none is.</summary>
    public async Task<DateTime?> NextDueAsync(IReadOnlyCollection<string> busy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await Ready(db, Now(), busy).MinAsync(d => d.ProofDue, cancellation);
    }

    /// <summary>
    /// At start-up: whoever was asking is gone. What has a commitment under way keeps waiting for its report; all else is due.
    /// </summary>
    public async Task<int> ReleaseAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var now = Now();
        return await db.Deliveries
            .Where(d => d.State == DeliveryState.Sent && !db.CommitmentTransactions.Any(
                t => t.TransactionUid == d.CommitmentTransaction && t.Accepted != null && t.Reported == null))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ProofDue, now), cancellation);
    }

    /// <summary>Before a commitment is asked for: from now on its report is known.</summary>
    /// <param name="due">When it is looked after if no report has come.</param>
    public async Task AskingAsync(
        IReadOnlyList<Delivery> deliveries, string transactionUid, DateTime due, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.CommitmentTransactions.Add(new CommitmentTransaction
        {
            TransactionUid = transactionUid,
            RunId = deliveries[0].RunId,
            StudyUid = deliveries[0].StudyUid,
            Destination = deliveries[0].Destination,
            Asked = Now(),
        });
        await db.SaveChangesAsync(cancellation);
        await Sent(db, deliveries).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.CommitmentTransaction, transactionUid).SetProperty(d => d.ProofDue, due), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The destination has taken the request and will report.</summary>
    public async Task AcceptedAsync(IReadOnlyList<Delivery> deliveries, string transactionUid, CancellationToken cancellation)
    {
        const string Text = "storage commitment asked for; its report is awaited";
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Now();
        await db.CommitmentTransactions.Where(t => t.TransactionUid == transactionUid).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.Accepted, now), cancellation);
        var waiting = await Sent(db, deliveries).Where(d => d.CommitmentTransaction == transactionUid)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ProofText, Text), cancellation);
        if (waiting > 0)
        {
            Tell(db, deliveries[0], CustodySeverity.Information,
                $"{deliveries[0].Destination} was asked to commit itself to keep {Objects(waiting)}.", "", "");
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(deliveries[0].StudyUid);
    }

    /// <summary>Requests for commitment of these that the destination has taken since they were sent.</summary>
    public async Task<IReadOnlyList<CommitmentTransaction>> RequestsAsync(Delivery delivery, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.CommitmentTransactions.AsNoTracking()
            .Where(t => t.RunId == delivery.RunId && t.Destination == delivery.Destination && t.Accepted != null
                && t.Asked >= delivery.Sent)
            .OrderBy(t => t.Asked).ToListAsync(cancellation);
    }

    /// <summary>So long without a proof that a person should know; said once for each sending.</summary>
    public async Task AlarmAsync(IReadOnlyList<Delivery> deliveries, TimeSpan after, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var error = $"not proved {after.TotalMinutes:0.#} min after it was sent";
        var alarmed = await Sent(db, deliveries).Where(d => d.Error == "").ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Error, error), cancellation);
        if (alarmed > 0)
        {
            Tell(db, deliveries[0], CustodySeverity.Warning,
                $"It is not proved yet that {deliveries[0].Destination} has {Objects(alarmed)}.",
                deliveries[0].ProofText.Length > 0 ? deliveries[0].ProofText : error,
                "Look whether the PACS shows them; let it report to our AE title, address and port.");
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(deliveries[0].StudyUid);
    }

    /// <summary>It cannot be said yet: looked after again at a time.</summary>
    public async Task PostponeAsync(
        IReadOnlyList<Delivery> deliveries, DateTime due, string text, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await Sent(db, deliveries).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.ProofDue, due).SetProperty(d => d.ProofText, text), cancellation);
        changes.Notify(deliveries[0].StudyUid);
    }

    /// <summary>It is there; or nothing can be known, by the destination's or the settings' will.</summary>
    /// <returns>How many rows it settled.</returns>
    public async Task<int> SettleAsync(
        IReadOnlyList<Delivery> deliveries, DeliveryProof proof, string text, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Now();
        var settled = await Sent(db, deliveries).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Delivered).SetProperty(d => d.Proof, proof)
                .SetProperty(d => d.ProofText, text).SetProperty(d => d.Delivered, now).SetProperty(d => d.Error, "")
                .SetProperty(d => d.ProofDue, (DateTime?)null),
            cancellation);
        if (settled > 0)
        {
            TellSettled(db, deliveries[0], settled, proof, text);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(deliveries[0].StudyUid);
        return settled;
    }

    /// <summary>The destination does not have it: sent again, or given up after so many times.</summary>
    public async Task DisproveAsync(
        IReadOnlyList<Delivery> deliveries, string cause, int mostResends, DateTime nextAttempt, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await DisproveAsync(db, Sent(db, deliveries), deliveries[0], cause, mostResends, nextAttempt, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(deliveries[0].StudyUid);
    }

    /// <summary>No proof was to be had in all the time that the settings allow.</summary>
    public async Task GiveUpAsync(
        IReadOnlyList<Delivery> deliveries, string cause, string remedy, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var failed = await Sent(db, deliveries).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Failed).SetProperty(d => d.Error, cause)
                .SetProperty(d => d.ProofDue, (DateTime?)null), cancellation);
        if (failed > 0)
        {
            Tell(db, deliveries[0], CustodySeverity.Error,
                $"It could not be proved that {deliveries[0].Destination} has {Objects(failed)}; this is not tried again.",
                cause, remedy);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(deliveries[0].StudyUid);
    }

    /// <summary>The report on a commitment that we asked for; the second report on one changes nothing.</summary>
    /// <param name="committed">SOPInstanceUIDs that the destination keeps.</param>
    /// <param name="failed">Those that it does not, each with its reason.</param>
    /// <returns>False: we never asked for this transaction.</returns>
    public async Task<bool> ReportedAsync(
        string transactionUid, IReadOnlyCollection<string> committed, IReadOnlyDictionary<string, string> failed,
        int mostResends, DateTime nextAttempt, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var asked = await db.CommitmentTransactions.SingleOrDefaultAsync(t => t.TransactionUid == transactionUid, cancellation);
        if (asked is null)
        {
            return false;
        }

        if (asked.Reported is not null)
        {
            return true;
        }

        asked.Reported = Now();
        var rows = await db.Deliveries.AsNoTracking().Include(d => d.Evidence)
            .Where(d => d.RunId == asked.RunId && d.Destination == asked.Destination).ToListAsync(cancellation);
        await TakeCommittedAsync(db, [.. rows.Where(d => committed.Contains(d.Evidence!.SopInstanceUid))], cancellation);
        // What was sent again since is not judged by a report on the earlier sending.
        foreach (var reason in rows
            .Where(d => d.CommitmentTransaction == transactionUid && failed.ContainsKey(d.Evidence!.SopInstanceUid))
            .GroupBy(d => failed[d.Evidence!.SopInstanceUid]))
        {
            await DisproveAsync(
                db, Provable(db, [.. reason]), reason.First(), $"storage commitment failed: {reason.Key}", mostResends, nextAttempt,
                cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(asked.StudyUid);
        return true;
    }

    private async Task TakeCommittedAsync(ClinicDb db, IReadOnlyList<Delivery> rows, CancellationToken cancellation)
    {
        const string Text = "the destination has committed itself to keep it";
        var now = Now();
        var settled = await Provable(db, rows).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Delivered).SetProperty(d => d.Proof, DeliveryProof.Commitment)
                .SetProperty(d => d.ProofText, Text).SetProperty(d => d.Delivered, d => d.Delivered ?? now).SetProperty(d => d.Error, "")
                .SetProperty(d => d.ProofDue, (DateTime?)null), cancellation);
        if (settled > 0)
        {
            TellSettled(db, rows[0], settled, DeliveryProof.Commitment, Text);
        }
    }

    private async Task DisproveAsync(
        ClinicDb db, IQueryable<Delivery> rows, Delivery example, string cause, int mostResends, DateTime nextAttempt,
        CancellationToken cancellation)
    {
        var again = await rows.Where(d => d.Resends < mostResends).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Queued).SetProperty(d => d.Resends, d => d.Resends + 1)
                .SetProperty(d => d.NextAttempt, nextAttempt).SetProperty(d => d.ProofDue, (DateTime?)null)
                .SetProperty(d => d.Delivered, (DateTime?)null).SetProperty(d => d.Proof, DeliveryProof.None)
                .SetProperty(d => d.ProofText, "").SetProperty(d => d.Error, cause), cancellation);
        if (again > 0)
        {
            Tell(db, example, CustodySeverity.Warning,
                $"{example.Destination} does not have {Objects(again)} that it acknowledged: sent again.", cause, "");
        }

        // Those that were just queued again are no longer among the rows.
        var failed = await rows.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Failed).SetProperty(d => d.Error, cause)
                .SetProperty(d => d.Delivered, (DateTime?)null).SetProperty(d => d.Proof, DeliveryProof.None)
                .SetProperty(d => d.ProofText, "").SetProperty(d => d.ProofDue, (DateTime?)null), cancellation);
        if (failed > 0)
        {
            Tell(db, example, CustodySeverity.Error,
                $"{example.Destination} does not have {Objects(failed)} that it acknowledged, and they are not sent again.", cause,
                "Look at the log of the PACS for what it did with them, then send again.");
        }
    }

    private void TellSettled(ClinicDb db, Delivery example, int count, DeliveryProof proof, string text) => Tell(
        db, example, proof == DeliveryProof.NotPossible ? CustodySeverity.Warning : CustodySeverity.Information,
        proof switch
        {
            DeliveryProof.NotPossible => $"It cannot be proved that {example.Destination} has {Objects(count)}.",
            DeliveryProof.NotAsked => $"{Objects(count)} delivered to {example.Destination}; no proof is asked for.",
            _ => $"It is proved that {example.Destination} has {Objects(count)}.",
        },
        text, proof == DeliveryProof.NotPossible ? "Let the PACS accept storage commitment or C-FIND from us." : "");

    private void Tell(ClinicDb db, Delivery about, CustodySeverity severity, string text, string cause, string remedy) =>
        db.CustodyEvents.Add(CustodyTimeline.Line(
            time, about.StudyUid, CustodyStage.Delivery, severity, text, cause, remedy, about.RunId));

    /// <summary>What was sent, but for what goes out with others of its run right now: they are proved together.</summary>
    private static IQueryable<Delivery> Ready(ClinicDb db, DateTime now, IReadOnlyCollection<string> busy) =>
        db.Deliveries.Where(d => d.State == DeliveryState.Sent && !busy.Contains(d.Destination)
            && !db.Deliveries.Any(o => o.RunId == d.RunId && o.Destination == d.Destination
                && (o.State == DeliveryState.Sending || (o.State == DeliveryState.Queued && o.NextAttempt <= now))));

    /// <summary>These as they were read: what was sent again in the meantime is no longer among them.</summary>
    private static IQueryable<Delivery> Sent(ClinicDb db, IReadOnlyList<Delivery> deliveries)
    {
        var ids = deliveries.Select(d => d.Id).ToList();
        var latest = deliveries.Max(d => d.Sent);
        return db.Deliveries.Where(d => ids.Contains(d.Id) && d.State == DeliveryState.Sent && d.Sent <= latest);
    }

    /// <summary>A commitment says more than that the object was seen, and also less when it comes later and denies.</summary>
    private static IQueryable<Delivery> Provable(ClinicDb db, IReadOnlyList<Delivery> deliveries)
    {
        var ids = deliveries.Select(d => d.Id).ToList();
        return db.Deliveries.Where(d => ids.Contains(d.Id) && (d.State == DeliveryState.Sent
            || (d.State == DeliveryState.Delivered && d.Proof != DeliveryProof.Commitment)));
    }

    private static string Objects(int count) => count == 1 ? "1 object" : $"{count} objects";

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
