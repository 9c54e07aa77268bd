using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Cli.Doctor;

/// <summary>Whether those whom the appliance calls answer, and our certificate.</summary>
internal static class PeerChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(30);

    public static async Task<IReadOnlyList<Check>> RunAsync(ApplianceSettings settings, CancellationToken cancellation)
    {
        var checks = new List<Check>();
        foreach (var pacs in settings.Pacs)
        {
            checks.Add(await EchoAsync(pacs, settings.AeTitle, cancellation));
        }

        foreach (var ris in settings.Ris)
        {
            checks.Add(await ConnectAsync(ris, cancellation));
        }

        if (settings.Pacs.Count == 0)
        {
            checks.Add(Check.Warn("PACS", "none is given: results stay here", "Name it by --pacs AET@HOST:PORT."));
        }

        if (settings.Ris.Count == 0)
        {
            checks.Add(Check.Warn("RIS", "none is given: no ORU^R01 leaves", "Name it by --ris HOST:PORT."));
        }

        if (settings.Tls is { } tls)
        {
            checks.Add(Certificate(tls));
        }

        return checks;
    }

    private static async Task<Check> EchoAsync(DicomDestination pacs, string aeTitle, CancellationToken cancellation)
    {
        var options = new DicomClientOptions { CallingAeTitle = aeTitle, Connect = Patience };
        var opening = await DicomClient.OpenAsync(
            new DicomPeer(pacs.AeTitle, pacs.Host, pacs.Port), ContextProposal.Verification, options, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            return Check.Fail($"C-ECHO {pacs.AeTitle}", $"{pacs.Name}: {((AssociationOpening.Failed)opening).End.Describe()}",
                $"Start the PACS, check address and port, and let it accept the AE title {aeTitle} from here.");
        }

        await using (client)
        {
            return await client.EchoAsync() is SendOutcome.Answered { Status: { IsSuccess: true } status }
                ? Check.Ok($"C-ECHO {pacs.AeTitle}", $"{pacs.Name} answered {status}")
                : Check.Fail($"C-ECHO {pacs.AeTitle}", $"{pacs.Name} associates but does not answer the echo", "Look at the log of the PACS.");
        }
    }

    /// <summary>A connection only: a message would be taken for a result.</summary>
    private static async Task<Check> ConnectAsync(MllpDestination ris, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(ris.Host, ris.Port, limit.Token);
            return Check.Ok("MLLP", $"{ris.Name} takes connections");
        }
        catch (SocketException refusal)
        {
            return Check.Fail("MLLP", $"{ris.Name}: {refusal.Message}", "Start the RIS's listener; check address, port and firewall.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Check.Fail("MLLP", $"{ris.Name}: no connection within {Patience.TotalSeconds:0} s", "Check address, port and firewall.");
        }
    }

    private static Check Certificate(TlsSettings tls)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile);
            var left = certificate.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime;
            return left < TimeSpan.Zero
                ? Check.Fail("TLS certificate", $"expired on {certificate.NotAfter:yyyy-MM-dd}", "Get a new one.")
                : left < SoonExpired
                    ? Check.Warn("TLS certificate", $"expires on {certificate.NotAfter:yyyy-MM-dd}", "Get a new one soon.")
                    : Check.Ok("TLS certificate", $"valid until {certificate.NotAfter:yyyy-MM-dd}");
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return Check.Fail("TLS certificate", problem.Message, "Check the files that the settings name under tls.");
        }
    }
}
