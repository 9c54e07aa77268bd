using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Cli;

/// <summary>Asks a DICOM node whether it is there.</summary>
internal sealed class DicomEchoVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "dicom echo",
        Summary = "verify a DICOM node by C-ECHO",
        Operands = "AET@HOST:PORT",
        MinOperands = 1,
        MaxOperands = 1,
        Options = [Option.Text("--aet", "NAME", "our own AE title (default CLINICALSUITE)"), .. TlsOptions.OfCaller],
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        if (!DicomPeer.TryParse(arguments.Operands[0], out var peer))
        {
            return VerbSwitch.Misused(Description, $"{arguments.Operands[0]}: not AET@HOST:PORT");
        }

        var options = new DicomClientOptions
        {
            CallingAeTitle = arguments.Text("--aet") ?? new DicomClientOptions().CallingAeTitle,
            Tls = TlsOptions.Read(arguments) is { } tls ? TlsClient.Options(tls, peer.Host) : null,
        };
        var opening = await DicomClient.OpenAsync(peer, ContextProposal.Verification, options, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            Console.Error.WriteLine($"{peer}: {((AssociationOpening.Failed)opening).End.Describe()}");
            return ExitStatus.Failed;
        }

        await using (client)
        {
            var outcome = await client.EchoAsync();
            Console.Out.WriteLine($"{peer}: {outcome}");
            return outcome is SendOutcome.Answered { Status.IsSuccess: true } ? ExitStatus.Done : ExitStatus.Failed;
        }
    }
}
