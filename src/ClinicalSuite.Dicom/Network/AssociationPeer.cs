using System.Net;

namespace ClinicalSuite.Dicom.Network;

/// <summary>Where a connection comes from.</summary>
/// <param name="Address">Null if the transport has none (a pipe).</param>
/// <param name="Certificate">What it has shown on mutual TLS; null on a plain connection.</param>
public sealed record AssociationPeer(IPAddress? Address, PeerCertificate? Certificate = null)
{
    public override string ToString() => Address?.ToString() ?? "local";
}
