using System.Security.Cryptography.X509Certificates;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Cli.Doctor;

/// <summary>Whether the certificates that the settings name can be used, and for how long.</summary>
internal static class CertificateChecks
{
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(30);

    public static IEnumerable<Check> Run(TlsSettings? tls)
    {
        if (tls is null)
        {
            return [];
        }

        var checks = Files("TLS certificate", tls);
        return tls.Client is null ? checks : checks.Concat(Files("TLS client certificate", tls.Client));
    }

    private static List<Check> Files(string name, CertificateFiles files)
    {
        TlsMaterial material;
        try
        {
            material = TlsMaterial.Load(files);
        }
        catch (InvalidDataException problem)
        {
            return [Check.Fail(name, problem.Message, "Check the files that the settings name under tls.")];
        }

        var checks = new List<Check>();
        if (material.Own is { } own)
        {
            checks.Add(Lifetime(name, own.TargetCertificate));
        }

        foreach (var authority in material.Authorities ?? [])
        {
            checks.Add(Lifetime("TLS authority", authority));
        }

        return checks;
    }

    private static Check Lifetime(string name, X509Certificate2 certificate)
    {
        var left = certificate.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime;
        var what = $"{certificate.Subject}";
        return left < TimeSpan.Zero ? Check.Fail(name, $"{what} expired on {certificate.NotAfter:yyyy-MM-dd}", "Get a new one.")
            : left < SoonExpired ? Check.Warn(name, $"{what} expires on {certificate.NotAfter:yyyy-MM-dd}", "Get a new one soon.")
            : Check.Ok(name, $"{what} is valid until {certificate.NotAfter:yyyy-MM-dd}");
    }
}
