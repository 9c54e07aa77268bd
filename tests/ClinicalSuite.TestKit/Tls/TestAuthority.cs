using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClinicalSuite.TestKit.Tls;

/// <summary>A certificate authority of a test: it signs what it is asked for and leaves PEM files.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddDays(-30);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;
    private readonly string folder;

    /// <param name="folder">Where the files go.</param>
    public TestAuthority(string folder, string name = "Test Authority")
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        certificate = request.CreateSelfSigned(Begin, Begin.AddYears(5));
        File = Write($"{name}.ca.pem", certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate in PEM.</summary>
    public string File { get; }

    /// <summary>Signs a new certificate for this machine's loopback names.</summary>
    /// <param name="days">Valid from 30 days ago until so many days from now.</param>
    /// <param name="host">Name in place of the loopback ones.</param>
    public TestCertificate Issue(string subject, int days = 365, string? host = null)
    {
        using var own = RSA.Create(2048);
        var request = new CertificateRequest($"CN={subject},O=Test", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host ?? "localhost");
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        using var signed = request.Create(
            certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Begin, DateTimeOffset.UtcNow.AddDays(days),
            RandomNumberGenerator.GetBytes(12));
        var file = Write($"{subject}.crt.pem", signed.ExportCertificatePem());
        var keyFile = Write($"{subject}.key.pem", own.ExportPkcs8PrivateKeyPem());
        using var whole = signed.CopyWithPrivateKey(own);
        var pfx = Path.Combine(folder, $"{subject}.pfx");
        System.IO.File.WriteAllBytes(pfx, whole.Export(X509ContentType.Pfx, TestCertificate.Password));
        return new TestCertificate(file, keyFile, pfx, signed.GetCertHashString(HashAlgorithmName.SHA256));
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text + "\n");
        return path;
    }
}
