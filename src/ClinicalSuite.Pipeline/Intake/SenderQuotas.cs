using System.Collections.Concurrent;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>What a sender may have in the store at most, where the site has set it. What retention removes is free again.</summary>
public sealed class SenderQuotas(IntakeSettings settings, StudyCatalogue catalogue, TimeProvider time)
{
    private static readonly TimeSpan CountAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Account> accounts = new();

    /// <summary>Why nothing is taken from that sender now, or null.</summary>
    internal async ValueTask<string?> RefusalAsync(string title, CancellationToken cancellation)
    {
        if (!settings.QuotaBytes.TryGetValue(title, out var quota))
        {
            return null;
        }

        var account = accounts.GetOrAdd(title, _ => new Account());
        if (account.CountedAt is not { } counted || time.GetUtcNow() - counted > CountAgainAfter)
        {
            account.CountedAt = time.GetUtcNow();
            Volatile.Write(ref account.Bytes, await catalogue.BytesFromAsync(title, cancellation));
        }

        var used = Volatile.Read(ref account.Bytes);
        return used < quota ? null : $"{title} has {used >> 20} MiB in the store, its quota is {quota >> 20} MiB";
    }

    internal void Kept(string title, long bytes)
    {
        if (accounts.TryGetValue(title, out var account))
        {
            Interlocked.Add(ref account.Bytes, bytes);
        }
    }

    private sealed class Account
    {
        public long Bytes;

        public DateTimeOffset? CountedAt { get; set; }
    }
}
