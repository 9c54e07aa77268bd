using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>Storage commitments that others ask of us.</summary>
public sealed class CommitmentDesk(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Writes an order down. The same order again (its acknowledgement was lost) is answered again.</summary>
    public async Task TakeAsync(
        string transactionUid, string aeTitle, string peerAddress, string associationId,
        IReadOnlyList<InstanceReference> references, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        db.CommitmentOrders.Add(new CommitmentOrder
        {
            TransactionUid = transactionUid,
            AeTitle = aeTitle,
            PeerAddress = peerAddress,
            AssociationId = associationId,
            References = references,
            Received = time.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(cancellation);
        changes.Notify("");
    }

    /// <summary>Orders without a report, oldest first; each with whether another order used its transaction UID for other objects.</summary>
    public async Task<IReadOnlyList<(CommitmentOrder Order, bool IsDuplicate)>> OpenAsync(int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var open = await db.CommitmentOrders.AsNoTracking().Where(o => o.Evaluated == null).OrderBy(o => o.Id).Take(most)
            .ToListAsync(cancellation);
        var judged = new List<(CommitmentOrder, bool)>();
        foreach (var order in open)
        {
            var earlier = await db.CommitmentOrders.AsNoTracking()
                .Where(o => o.AeTitle == order.AeTitle && o.TransactionUid == order.TransactionUid && o.Id < order.Id)
                .OrderBy(o => o.Id).FirstOrDefaultAsync(cancellation);
            judged.Add((order, earlier is not null && !earlier.References.ToHashSet().SetEquals(order.References)));
        }

        return judged;
    }

    /// <summary>Queues the report and ends the order, both or neither.</summary>
    public async Task ReportAsync(CommitmentOrder order, Notification report, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        var ended = await db.CommitmentOrders.Where(o => o.Id == order.Id && o.Evaluated == null).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.Evaluated, now), cancellation);
        if (ended == 1)
        {
            report.Created = now;
            db.Notifications.Add(report);
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        changes.Notify("");
    }
}
