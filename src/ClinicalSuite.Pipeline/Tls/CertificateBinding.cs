using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Tls;

/// <summary>Ties application entity titles to a certificate: they are then used by its holder only.</summary>
/// <param name="Certificate">
/// <c>sha256:HEX</c> (of the whole certificate), <c>dns:NAME</c> or <c>ip:ADDRESS</c> (of its subject alternative names), or parts
/// of its subject, <c>CN=CT1,O=Hospital</c>.
/// </param>
/// <param name="Aets">The titles that it may use.</param>
public sealed record CertificateBinding(string Certificate, IReadOnlyList<string> Aets)
{
    private const string Fingerprint = "sha256:";

    internal bool IsReadable => Aets is { Count: > 0 } && Certificate is { Length: > 0 }
        && (IsFingerprint ? Hex.Length == 64 && Hex.All(char.IsAsciiHexDigit) : IsName || Parts(Certificate).Count > 0);

    private bool IsFingerprint => Certificate.StartsWith(Fingerprint, StringComparison.OrdinalIgnoreCase);

    private bool IsName => Certificate.StartsWith("dns:", StringComparison.OrdinalIgnoreCase)
        || Certificate.StartsWith("ip:", StringComparison.OrdinalIgnoreCase);

    /// <summary>As openssl prints it, with colons, or without.</summary>
    private string Hex => Certificate[Fingerprint.Length..].Replace(":", "", StringComparison.Ordinal);

    /// <summary>True if this is the certificate, or one of those, that is meant.</summary>
    public bool Matches(PeerCertificate certificate) =>
        IsFingerprint ? string.Equals(Hex, certificate.Sha256, StringComparison.OrdinalIgnoreCase)
        : IsName ? certificate.Names.Contains(Certificate, StringComparer.OrdinalIgnoreCase)
        : Parts(Certificate) is { Count: > 0 } wanted && !wanted.Except(Parts(certificate.Subject)).Any();

    /// <summary>Kind and value of each part of a distinguished name; none where it cannot be read.</summary>
    private static IReadOnlyList<(string Kind, string Value)> Parts(string name)
    {
        try
        {
            return [.. new X500DistinguishedName(name).EnumerateRelativeDistinguishedNames()
                .Where(part => !part.HasMultipleElements)
                .Select(part => (part.GetSingleElementType().Value ?? "", part.GetSingleElementValue() ?? ""))];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
