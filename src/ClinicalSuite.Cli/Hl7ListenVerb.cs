using System.Net;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Hl7.Mllp;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Cli;

/// <summary>A receiver of HL7 messages that keeps and accepts them.</summary>
internal sealed class Hl7ListenVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "hl7 listen",
        Summary = "receive HL7 v2 messages by MLLP on loopback, keep them as files and accept them",
        Operands = "DIR",
        MinOperands = 1,
        MaxOperands = 1,
        Options = [Option.Port("--port", "where to listen (default 2575)"), .. TlsOptions.OfListener],
        Remarks = "Runs until it is interrupted.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var tls = TlsOptions.Read(arguments);
        if (tls is { Own: null })
        {
            return VerbSwitch.Misused(Description, "--tls needs --tls-cert");
        }

        var folder = Directory.CreateDirectory(arguments.Operands[0]).FullName;
        var system = new InformationSystem(folder);
        await using var listener = MllpListener.Start(
            new IPEndPoint(IPAddress.Loopback, arguments.Number("--port") ?? 2575), system.TakeAsync, MllpLimits.Default,
            tls is null ? null : () => TlsServer.Options(tls, mutual: true));
        Console.Out.WriteLine($"listens on 127.0.0.1:{listener.Port}; messages go to {folder}");
        await Interrupt.WaitAsync(cancellation);
        Console.Out.WriteLine($"{system.Received.Count} messages received");
        return ExitStatus.Done;
    }
}
