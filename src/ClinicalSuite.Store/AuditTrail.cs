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
    public Task<IReadOnlyList<AuditRecord>> LatestAsync(int most, CancellationToken cancellation) => LatestAsync(0, most, cancellation);

    /// <summary>Newest first, after <paramref name="skip"/> that are newer still.</summary>
    public async Task<IReadOnlyList<AuditRecord>> LatestAsync(int skip, int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.AuditRecords.AsNoTracking().OrderByDescending(r => r.Id).Skip(skip).Take(most).ToListAsync(cancellation);
    }
}
