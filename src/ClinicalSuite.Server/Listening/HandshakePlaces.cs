using System.Collections.Concurrent;
using System.Net;

namespace ClinicalSuite.Server.Listening;

/// <summary>
/// Connections that have not finished their handshake. They hold no place of an association yet, so that they have their own
/// limits: whoever freezes handshakes shuts out nobody but himself.
/// </summary>
internal sealed class HandshakePlaces
{
    private const int Most = 256;
    private const int MostOfOneAddress = 32;

    private readonly ConcurrentDictionary<IPAddress, int> byAddress = new();
    private int all;

    /// <summary>Takes a place, to be given back by <see cref="Leave"/>; false where there is none.</summary>
    public bool TryEnter(IPAddress address)
    {
        var total = Interlocked.Increment(ref all);
        var mine = byAddress.AddOrUpdate(address, 1, (_, count) => count + 1);
        if (total <= Most && mine <= MostOfOneAddress)
        {
            return true;
        }

        Leave(address);
        return false;
    }

    public void Leave(IPAddress address)
    {
        Interlocked.Decrement(ref all);
        if (byAddress.AddOrUpdate(address, 0, (_, count) => count - 1) == 0)
        {
            // Only if still zero: another connection of this address may have come in between.
            byAddress.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }
}
