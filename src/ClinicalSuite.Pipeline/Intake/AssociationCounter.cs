using System.Collections.Concurrent;
using System.Net;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>Counts connections, over all listeners and by address.</summary>
public sealed class AssociationCounter(IntakeSettings settings)
{
    // Beyond this many times the limit not even a refusal is sent: a flood is closed unread.
    private const int Flood = 4;

    private readonly ConcurrentDictionary<IPAddress, int> byAddress = new();
    private int all;

    /// <summary>Takes a place for a connection; the caller gives it back by <see cref="Leave"/>.</summary>
    internal Place Enter(IPAddress address)
    {
        var total = Interlocked.Increment(ref all);
        var mine = byAddress.AddOrUpdate(address, 1, (_, count) => count + 1);
        if (total > settings.MaximumAssociations * Flood)
        {
            return Place.Flooded;
        }
        return total > settings.MaximumAssociations || mine > settings.MaximumAssociationsPerAddress
            ? Place.OverLimit
            : Place.Free;
    }

    internal void Leave(IPAddress address)
    {
        Interlocked.Decrement(ref all);
        if (byAddress.AddOrUpdate(address, 0, (_, count) => count - 1) == 0)
        {
            // Only if still zero: another connection of this address may have come in between.
            byAddress.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }

    internal enum Place
    {
        Free,
        OverLimit,
        Flooded,
    }

    /// <summary>The policy of a connection for which there is no place.</summary>
    internal sealed class NoPlace : IAssociationPolicy
    {
        public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer) =>
            AssociationDecision.Reject.LocalLimitExceeded;
    }
}
