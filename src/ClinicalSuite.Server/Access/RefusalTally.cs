namespace ClinicalSuite.Server.Access;

/// <summary>
/// Refusals of strangers, counted: of each address the first in a minute is written and the others as one number, so that a
/// scanner of the network cannot fill the disk with its own traces.
/// </summary>
internal sealed class RefusalTally(TimeProvider time)
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    // Beyond that strangers share one count: an IPv6 network has more addresses than a table has room.
    private const int MostAddresses = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Count> counts = [];
    private DateTimeOffset lastSweep;

    /// <summary>Counts a refusal.</summary>
    /// <returns>Whether it is to be written by itself.</returns>
    public bool IsFirst(string address)
    {
        lock (gate)
        {
            var key = counts.ContainsKey(address) || counts.Count < MostAddresses ? address : "other addresses";
            if (counts.TryGetValue(key, out var count))
            {
                count.More++;
                return false;
            }

            counts[key] = new Count(time.GetUtcNow());
            return true;
        }
    }

    /// <summary>What has come to the end of its minute: addresses with so many refusals beside the one that was written.</summary>
    public IReadOnlyList<(string Address, int More)> TakeEnded()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now - lastSweep < Span)
            {
                return [];
            }

            lastSweep = now;
            var ended = counts.Where(pair => now - pair.Value.Since >= Span).ToList();
            ended.ForEach(pair => counts.Remove(pair.Key));
            return [.. ended.Where(pair => pair.Value.More > 0).Select(pair => (pair.Key, pair.Value.More))];
        }
    }

    private sealed class Count(DateTimeOffset since)
    {
        public DateTimeOffset Since => since;

        public int More { get; set; }
    }
}
