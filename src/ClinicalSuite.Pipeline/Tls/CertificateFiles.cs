namespace ClinicalSuite.Pipeline.Tls;

/// <summary>A certificate with its key, and the authorities that the other side must be signed by.</summary>
public record CertificateFiles
{
    /// <summary>PEM (the own certificate first, then the intermediate ones) or PKCS #12 (<c>.pfx</c>, <c>.p12</c>).</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The key in PEM; not needed where the certificate's file holds it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Opens an encrypted key or a PKCS #12 file.</summary>
    public string? Password { get; init; }

    /// <summary>The trusted authorities in PEM; those of the machine when null.</summary>
    public string? AuthoritiesFile { get; init; }

    /// <summary>Every file that is named, each once.</summary>
    internal IReadOnlyList<string> All => [.. new[] { CertificateFile, KeyFile, AuthoritiesFile }.OfType<string>().Distinct()];
}
