using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Who may associate, and for what. It answers with a value; only the association speaks to the peer.
/// </summary>
public interface IAssociationPolicy
{
    AssociationDecision Decide(AssociateRequest request, AssociationPeer peer);
}
