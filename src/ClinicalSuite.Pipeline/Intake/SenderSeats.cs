using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>Counts associations by calling title. While the data disk runs short each title gets few: the disk fills more slowly.</summary>
public sealed class SenderSeats(IntakeSettings settings, DiskSpace disk)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = [];

    /// <summary>The policy of one connection; dispose it when the connection has ended.</summary>
    internal Seat For(IAssociationPolicy policy) => new(policy, this);

    private bool TryTake(string title)
    {
        var most = disk.Look().Level == DiskLevel.Enough ? settings.MaximumAssociationsPerTitle : settings.AssociationsPerTitleWhenDiskLow;
        lock (gate)
        {
            var count = taken.GetValueOrDefault(title);
            if (count >= most)
            {
                return false;
            }

            taken[title] = count + 1;
            return true;
        }
    }

    private void Leave(string title)
    {
        lock (gate)
        {
            if (--taken[title] == 0)
            {
                taken.Remove(title);
            }
        }
    }

    internal sealed class Seat(IAssociationPolicy policy, SenderSeats seats) : IAssociationPolicy, IDisposable
    {
        private string? title;

        public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer)
        {
            var decision = policy.Decide(request, peer);
            if (decision is not AssociationDecision.Accept)
            {
                return decision;
            }

            if (!seats.TryTake(request.CallingAeTitle))
            {
                return AssociationDecision.Reject.LocalLimitExceeded;
            }

            title = request.CallingAeTitle;
            return decision;
        }

        public void Dispose()
        {
            if (title is not null)
            {
                seats.Leave(title);
            }
        }
    }
}
