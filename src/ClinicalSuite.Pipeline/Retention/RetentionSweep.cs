using ClinicalSuite.Store;
using ClinicalSuite.Store.Retention;

namespace ClinicalSuite.Pipeline.Retention;

/// <summary>One pass over what the rules let go.</summary>
public sealed class RetentionSweep(RetentionBook book, StoreFolder folder)
{
    /// <summary>Takes out one study after the other; a backup that runs goes first.</summary>
    /// <param name="removed">Hears of each study that went.</param>
    /// <returns>How many went, or null when a backup or another sweep was under way.</returns>
    public async Task<int?> RunAsync(
        IReadOnlyList<RetentionRule> rules, string actor, Action<RetentionCandidate> removed, CancellationToken cancellation)
    {
        using var alone = MaintenanceLock.TryTake(folder);
        if (alone is null)
        {
            return null;
        }

        var count = 0;
        foreach (var candidate in await book.PlanAsync(rules, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await book.RemoveAsync(candidate, actor, cancellation))
            {
                count++;
                removed(candidate);
            }
        }

        return count;
    }
}
