using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>Who did or saw what.</summary>
public sealed class AuditTrail(ClinicDbFactory databases, TimeProvider time)
{
    public async Task WriteAsync(
        string actor, string address, string action, string subject, bool isSuccess, string detail, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        db.AuditRecords.Add(new AuditRecord
        {
            Time = time.GetUtcNow().UtcDateTime,
            Actor = actor,
            Address = address,
            Action = action,
            Subject = subject,
            IsSuccess = isSuccess,
            Detail = detail,
        });
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AuditRecord>> LatestAsync(int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.AuditRecords.AsNoTracking().OrderByDescending(r => r.Id).Take(most).ToListAsync(cancellation);
    }
}
