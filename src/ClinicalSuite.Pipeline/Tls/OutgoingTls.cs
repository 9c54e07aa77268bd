using System.Net.Security;

namespace ClinicalSuite.Pipeline.Tls;

/// <summary>How we call over TLS, with the certificates as they are at that moment.</summary>
public sealed class OutgoingTls(CertificateReloading certificates)
{
    /// <param name="host">Name or address that the certificate of the other side must be for.</param>
    public SslClientAuthenticationOptions To(string host) => TlsClient.Options(certificates.Current, host);
}
