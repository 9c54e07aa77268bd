using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Tls;

/// <summary>
/// Certificates that follow their files: a changed file counts from the next handshake on, one that cannot be used is named in the
/// log and the last good one stays. The files are looked at when a handshake comes, at most once a second: no watching of folders,
/// which links and mounts escape.
/// </summary>
public sealed class CertificateReloading
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly CertificateFiles files;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private TlsMaterial current;
    private string seen;
    private long lookedAt;

    /// <exception cref="InvalidDataException">There is no good one to begin with.</exception>
    public CertificateReloading(CertificateFiles files, TimeProvider time, ILogger<CertificateReloading> log)
    {
        this.files = files;
        this.time = time;
        this.log = log;
        seen = Digest();
        current = TlsMaterial.Load(files);
        lookedAt = time.GetTimestamp();
    }

    /// <summary>What the next handshake uses.</summary>
    public TlsMaterial Current
    {
        get
        {
            lock (gate)
            {
                if (time.GetElapsedTime(lookedAt) >= Pause)
                {
                    Look();
                    lookedAt = time.GetTimestamp();
                }

                return current;
            }
        }
    }

    private void Look()
    {
        var digest = Digest();
        if (digest == seen)
        {
            return;
        }

        // Whether it is good or not, it is looked at once: the complaint stands in the log once for each change.
        seen = digest;
        try
        {
            current = TlsMaterial.Load(files);
            Log.CertificateReloaded(log, files.CertificateFile ?? files.AuthoritiesFile ?? "", current.Own?.TargetCertificate.NotAfter);
        }
        catch (InvalidDataException problem)
        {
            Log.CertificateKept(log, problem.Message);
        }
    }

    private string Digest()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.All)
        {
            try
            {
                all.AppendData(File.ReadAllBytes(file));
            }
            catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
            {
                // Absent differs from empty.
                all.AppendData("absent"u8);
            }
        }

        return Convert.ToHexString(all.GetCurrentHash());
    }
}
