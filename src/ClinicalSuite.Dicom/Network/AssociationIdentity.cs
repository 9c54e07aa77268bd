namespace ClinicalSuite.Dicom.Network;

/// <summary>Names one association in logs, custody lines and handlers.</summary>
/// <param name="Id">Unique over restarts.</param>
public sealed record AssociationIdentity(
    string Id, string CallingAeTitle, string CalledAeTitle, AssociationPeer Peer);
