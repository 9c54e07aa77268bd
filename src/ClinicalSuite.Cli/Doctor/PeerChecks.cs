using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Cli.Doctor;

/// <summary>Whether those whom the appliance calls answer, and the certificates for it.</summary>
internal static class PeerChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Check>> RunAsync(ApplianceSettings settings, CancellationToken cancellation)
    {
        var checks = CertificateChecks.Run(settings.Tls).ToList();
        var usable = checks.All(check => check.State != CheckState.Fail);
        var tls = settings.Tls is { } files && usable ? TlsMaterial.Load(files.Client ?? files) : null;
        foreach (var pacs in settings.Pacs.Where(pacs => usable || !pacs.Tls))
        {
            checks.Add(await EchoAsync(pacs, settings.AeTitle, tls, cancellation));
        }

        foreach (var ris in settings.Ris.Where(ris => usable || !ris.Tls))
        {
            checks.Add(await ConnectAsync(ris, tls, cancellation));
        }

        if (settings.Pacs.Count == 0)
        {
            checks.Add(Check.Warn("PACS", "none is given: results stay here", "Name it by --pacs AET@HOST:PORT."));
        }

        if (settings.Ris.Count == 0)
        {
            checks.Add(Check.Warn("RIS", "none is given: no ORU^R01 leaves", "Name it by --ris HOST:PORT."));
        }

        return checks;
    }

    private static async Task<Check> EchoAsync(
        DicomDestination pacs, string aeTitle, TlsMaterial? tls, CancellationToken cancellation)
    {
        var options = new DicomClientOptions
        {
            CallingAeTitle = aeTitle,
            Connect = Patience,
            Tls = pacs.Tls ? TlsClient.Options(tls!, pacs.Host) : null,
        };
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
    private static async Task<Check> ConnectAsync(MllpDestination ris, TlsMaterial? tls, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(ris.Host, ris.Port, limit.Token);
            if (ris.Tls)
            {
                await using var secured = new SslStream(new NetworkStream(socket));
                await secured.AuthenticateAsClientAsync(TlsClient.Options(tls!, ris.Host), limit.Token);
                return Check.Ok("MLLP", $"{ris.Name} takes connections over {secured.SslProtocol}");
            }

            return Check.Ok("MLLP", $"{ris.Name} takes connections");
        }
        catch (SocketException refusal)
        {
            return Check.Fail("MLLP", $"{ris.Name}: {refusal.Message}", "Start the RIS's listener; check address, port and firewall.");
        }
        catch (Exception refusal) when (refusal is AuthenticationException or IOException)
        {
            return Check.Fail("MLLP", $"{ris.Name}: TLS: {refusal.Message}", "Check the certificates of both sides.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Check.Fail("MLLP", $"{ris.Name}: no connection within {Patience.TotalSeconds:0} s", "Check address, port and firewall.");
        }
    }
}
