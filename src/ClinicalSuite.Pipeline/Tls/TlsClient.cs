using System.Net.Security;

namespace ClinicalSuite.Pipeline.Tls;

/// <summary>The side that calls: one connection's options.</summary>
public static class TlsClient
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <param name="host">Name or address that the certificate of the other side must be for.</param>
    public static SslClientAuthenticationOptions Options(TlsMaterial material, string host) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = Bcp195.Protocols,
        CipherSuitesPolicy = Bcp195.CipherSuites,
        ClientCertificateContext = material.Own,
        CertificateChainPolicy = material.Judgement(ServerAuthentication),
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };
}
