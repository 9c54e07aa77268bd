using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClinicalSuite.Pipeline.Tls;

/// <summary>What the files held when they were read.</summary>
public sealed class TlsMaterial
{
    private TlsMaterial(SslStreamCertificateContext? own, X509Certificate2Collection? authorities)
    {
        Own = own;
        Authorities = authorities;
    }

    /// <summary>Our certificate with its key and the intermediate ones that are sent along; null where we show none.</summary>
    public SslStreamCertificateContext? Own { get; }

    /// <summary>Whom we trust; null for the authorities of the machine.</summary>
    public X509Certificate2Collection? Authorities { get; }

    /// <exception cref="InvalidDataException">A file cannot be used; the message names it and the reason.</exception>
    public static TlsMaterial Load(CertificateFiles files) =>
        new(files.CertificateFile is null ? null : Context(files), Trusted(files.AuthoritiesFile));

    /// <summary>How the certificate of the other side is judged: by the authorities above alone, without asking the network.</summary>
    /// <param name="purpose">OID of the extended key usage that it must allow, if it names any.</param>
    internal X509ChainPolicy Judgement(string purpose)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            // Else a certificate could make us fetch any address that it names.
            DisableCertificateDownloads = true,
            VerificationTimeIgnored = true,
            ApplicationPolicy = { new Oid(purpose) },
        };
        if (Authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Authorities);
        }

        return policy;
    }

    private static SslStreamCertificateContext Context(CertificateFiles files)
    {
        var path = files.CertificateFile!;
        try
        {
            var isPfx = Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12";
            var all = isPfx ? X509CertificateLoader.LoadPkcs12CollectionFromFile(path, files.Password) : Pem(path);
            using var pem = isPfx ? null : WithKey(path, files.KeyFile ?? path, files.Password);
            var own = isPfx
                ? all.First(certificate => certificate.HasPrivateKey)
                // By way of PKCS #12: a key that came from PEM does not live long enough for the handshake on every platform.
                : X509CertificateLoader.LoadPkcs12(pem!.Export(X509ContentType.Pfx), null);
            X509Certificate2Collection others = [.. all.Where(certificate => certificate.Thumbprint != own.Thumbprint)];
            return SslStreamCertificateContext.Create(own, others, offline: true);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException
            or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: no certificate with a key can be read: {problem.Message}", problem);
        }
    }

    private static X509Certificate2 WithKey(string path, string keyFile, string? password) =>
        password is null
            ? X509Certificate2.CreateFromPemFile(path, keyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyFile);

    private static X509Certificate2Collection? Trusted(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var authorities = Pem(path);
            return authorities.Count > 0 ? authorities : throw new InvalidDataException($"{path}: holds no certificate");
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: no authorities can be read: {problem.Message}", problem);
        }
    }

    private static X509Certificate2Collection Pem(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }
}
