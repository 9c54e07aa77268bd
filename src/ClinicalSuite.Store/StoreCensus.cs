using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>How much of what there is, for watchdogs: counts that a restart does not reset.</summary>
public sealed class StoreCensus(ClinicDbFactory databases)
{
    public async Task<Census> TakeAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var waiting = db.Deliveries.Where(d => d.State == DeliveryState.Queued || d.State == DeliveryState.Sending);
        return new Census
        {
            Studies = await db.Studies.CountAsync(cancellation),
            StudiesWaiting = await db.Studies.CountAsync(s => s.Revision > s.AssembledRevision, cancellation),
            Runs = await db.Runs.GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation),
            Deliveries = await db.Deliveries.GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation),
            OldestWaitingDelivery = await waiting.MinAsync(d => (DateTime?)d.Created, cancellation),
            AssociationsOpen = await db.Associations.CountAsync(a => a.Closed == null, cancellation),
        };
    }
}
