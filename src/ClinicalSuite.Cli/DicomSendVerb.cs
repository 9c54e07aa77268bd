using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Cli;

/// <summary>Sends DICOM objects by C-STORE.</summary>
internal sealed class DicomSendVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "dicom send",
        Summary = "send DICOM files, folders or .zip archives by C-STORE",
        Operands = "AET@HOST:PORT INPUT...",
        MinOperands = 2,
        MaxOperands = int.MaxValue,
        Options =
        [
            Option.Text("--aet", "NAME", "our own AE title (default CLINICALSUITE)"),
            Option.Number("--window", "N", "objects that may be under way at once, if the peer agrees (default 1)"),
            .. TlsOptions.OfCaller,
        ],
        Remarks = "Exit status 0 when every object was acknowledged, 3 when an input cannot be read.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        if (!DicomPeer.TryParse(arguments.Operands[0], out var peer))
        {
            return VerbSwitch.Misused(Description, $"{arguments.Operands[0]}: not AET@HOST:PORT");
        }

        if (arguments.Number("--window") is < 1 or > ushort.MaxValue)
        {
            return VerbSwitch.Misused(Description, "--window: at least 1");
        }

        var options = new DicomClientOptions
        {
            Window = (ushort)(arguments.Number("--window") ?? 1),
            CallingAeTitle = arguments.Text("--aet") ?? new DicomClientOptions().CallingAeTitle,
            Tls = TlsOptions.Read(arguments) is { } tls ? TlsClient.Options(tls, peer.Host) : null,
        };
        var scratch = Directory.CreateTempSubdirectory("clinicalsuite-send-");
        try
        {
            var sender = new StudySender(peer, options, scratch.FullName, Console.Error.WriteLine);
            var report = await sender.SendAsync([.. arguments.Operands.Skip(1)], cancellation);
            Console.Out.WriteLine(
                $"{report.Acknowledged.Count} objects acknowledged, {report.ObjectsRefused} refused, {report.ObjectsLeft} not sent");
            return report.Unreadable.Count > 0 ? ExitStatus.InputRefused
                : report.ObjectsRefused + report.ObjectsLeft > 0 ? ExitStatus.Failed
                : ExitStatus.Done;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
