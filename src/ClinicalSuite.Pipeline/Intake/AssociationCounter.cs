using System.Net;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// Counts connections, over all listeners and by address. Those that are being refused are counted apart: however many of them
/// linger, they take nobody's place.
/// </summary>
public sealed class AssociationCounter(IntakeSettings settings)
{
    // Beyond this many times the limit not even a refusal is sent: a flood is closed unread.
    private const int Flood = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, (int Served, int Refused)> byAddress = [];
    private int served;
    private int refused;

    /// <summary>Takes a place for a connection; the caller gives it back by <see cref="Leave"/>.</summary>
    internal Place Enter(IPAddress address)
    {
        lock (gate)
        {
            var mine = byAddress.GetValueOrDefault(address);
            if (served < settings.MaximumAssociations && mine.Served < settings.MaximumAssociationsPerAddress)
            {
                Count(address, Place.Free, 1);
                return Place.Free;
            }
            if (refused >= settings.MaximumAssociations * Flood)
            {
                return Place.Flooded;
            }
            Count(address, Place.OverLimit, 1);
            return Place.OverLimit;
        }
    }

    internal void Leave(IPAddress address, Place place)
    {
        lock (gate)
        {
            Count(address, place, -1);
        }
    }

    private void Count(IPAddress address, Place place, int by)
    {
        var mine = byAddress.GetValueOrDefault(address);
        if (place == Place.Free)
        {
            served += by;
            mine.Served += by;
        }
        else if (place == Place.OverLimit)
        {
            refused += by;
            mine.Refused += by;
        }
        if (mine == (0, 0))
        {
            byAddress.Remove(address);
        }
        else
        {
            byAddress[address] = mine;
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
