using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Tls;

/// <summary>The side that is called: one handshake's options.</summary>
public static class TlsServer
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <param name="mutual">Whether the caller must show a certificate that an authority of ours has signed.</param>
    /// <param name="refused">Hears why the caller's certificate is not taken.</param>
    public static SslServerAuthenticationOptions Options(TlsMaterial material, bool mutual, Action<string>? refused = null)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = material.Own,
            EnabledSslProtocols = Bcp195.Protocols,
            CipherSuitesPolicy = Bcp195.CipherSuites,
            ClientCertificateRequired = mutual,
            AllowRenegotiation = false,
        };
        if (mutual)
        {
            // A resumed session would not be judged again: an authority that was taken off the list must lose its effect at once.
            options.AllowTlsResume = false;
            options.CertificateChainPolicy = material.Judgement(ClientAuthentication);
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                if (errors == SslPolicyErrors.None)
                {
                    return true;
                }

                refused?.Invoke(Reason(certificate as X509Certificate2, chain));
                return false;
            };
        }

        return options;
    }

    /// <summary>What a binding may ask of the certificate that was shown.</summary>
    public static PeerCertificate Describe(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension =>
            extension.EnumerateDnsNames().Select(name => "dns:" + name)
                .Concat(extension.EnumerateIPAddresses().Select(address => "ip:" + address)));
        return new PeerCertificate(
            certificate.Subject, [.. names], certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256));
    }

    private static string Reason(X509Certificate2? certificate, X509Chain? chain)
    {
        if (certificate is null)
        {
            return "it shows no certificate";
        }

        var states = chain?.ChainStatus.Select(status => status.Status).Distinct().ToList() ?? [];
        var cause = states.Contains(X509ChainStatusFlags.NotTimeValid)
            ? $"valid from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd} only"
            : states.Contains(X509ChainStatusFlags.NotValidForUsage) ? "not meant for a client"
            : states.Any(state => state is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain)
                ? "signed by nobody that we trust"
                : string.Join(", ", states);
        return $"its certificate {certificate.Subject} is {cause}";
    }
}
