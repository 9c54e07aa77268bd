using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Hl7;
using ClinicalSuite.Hl7.Mllp;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Cli;

/// <summary>Sends HL7 files by MLLP, each as it is.</summary>
internal sealed class Hl7SendVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "hl7 send",
        Summary = "send HL7 v2 files by MLLP and show the acknowledgements",
        Operands = "HOST:PORT FILE...",
        MinOperands = 2,
        MaxOperands = int.MaxValue,
        Options = [Option.Number("--timeout", "SECONDS", "limit for each message (default 30)"), .. TlsOptions.OfCaller],
        Remarks = "Exit status 0 when every message was accepted (AA or CA with its own control id).",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        if (NetworkPeer.Parse(arguments.Operands[0]) is not { } peer)
        {
            return VerbSwitch.Misused(Description, $"{arguments.Operands[0]}: not HOST:PORT");
        }

        var client = new MllpClient(peer.Host, peer.Port, TimeProvider.System)
        {
            Tls = TlsOptions.Read(arguments) is { } tls ? TlsClient.Options(tls, peer.Host) : null,
        };
        var timeout = TimeSpan.FromSeconds(arguments.Number("--timeout") ?? 30);
        var status = ExitStatus.Done;
        foreach (var path in arguments.Operands.Skip(1))
        {
            if (!File.Exists(path))
            {
                Console.Error.WriteLine($"{path}: no such file");
                return ExitStatus.InputRefused;
            }

            var bytes = await File.ReadAllBytesAsync(path, cancellation);
            Hl7Message message;
            try
            {
                message = Hl7Message.Parse(bytes);
            }
            catch (Hl7FormatException problem)
            {
                Console.Error.WriteLine($"{path}: {problem.Message}");
                return ExitStatus.InputRefused;
            }

            var outcome = await client.SendAsync(bytes, message.ControlId, timeout, cancellation);
            Console.Out.WriteLine($"{path}: {message.MessageType} {message.ControlId}: {outcome}");
            status = outcome is MllpOutcome.Accepted ? status : ExitStatus.Failed;
        }

        return status;
    }
}
