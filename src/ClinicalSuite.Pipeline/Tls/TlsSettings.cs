using System.Text.Json.Serialization;

namespace ClinicalSuite.Pipeline.Tls;

/// <summary>
/// TLS of a site: what we show and whom we trust when others call (PS3.15 B.12: TLS 1.2 or 1.3, a certificate on both sides),
/// and the same when we call.
/// </summary>
public sealed record TlsSettings : CertificateFiles
{
    /// <summary>Which application entity titles a certificate may use; without any, every trusted certificate may use all.</summary>
    public IReadOnlyList<CertificateBinding> Bindings { get; init; } = [];

    /// <summary>What we show when we call a PACS or a RIS; the files above when null.</summary>
    public CertificateFiles? Client { get; init; }

    /// <summary>Pages and DICOMweb by https; a browser needs no certificate of its own.</summary>
    public bool Web { get; init; }

    /// <summary>From the connection to the end of the handshake.</summary>
    public double HandshakeSeconds { get; init; } = 5;

    [JsonIgnore]
    public TimeSpan HandshakeLimit => TimeSpan.FromSeconds(HandshakeSeconds);

    /// <summary>What is wrong with what is written; nothing when it can be used. The files themselves are not opened.</summary>
    public IEnumerable<string> Complaints()
    {
        if (CertificateFile is null || AuthoritiesFile is null)
        {
            yield return "tls: certificateFile and authoritiesFile are needed";
        }

        if (HandshakeSeconds is < 0.1 or > 120)
        {
            yield return "tls: handshakeSeconds: from 0.1 to 120";
        }

        foreach (var binding in Bindings.Where(binding => !binding.IsReadable))
        {
            yield return $"tls: bindings: {binding.Certificate}: sha256:HEX, dns:NAME, ip:ADDRESS or a subject such as CN=CT1,O=Hospital, "
                + "and at least one AE title";
        }
    }
}
