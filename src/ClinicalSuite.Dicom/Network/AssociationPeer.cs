using System.Net;

namespace ClinicalSuite.Dicom.Network;

/// <summary>Where a connection comes from.</summary>
/// <param name="Address">Null if the transport has none (a pipe).</param>
/// <param name="CertificateSubject">Subject of the client's certificate on mutual TLS.</param>
public sealed record AssociationPeer(IPAddress? Address, string? CertificateSubject = null)
{
    public override string ToString() => Address?.ToString() ?? "local";
}
