using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Query;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Cli;

/// <summary>Lets an archive send objects to an application entity that it knows, by C-MOVE.</summary>
internal sealed class DicomMoveVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "dicom move",
        Summary = "let an archive send objects to an AE that it knows, by C-MOVE",
        Operands = "AET@HOST:PORT",
        MinOperands = 1,
        MaxOperands = 1,
        Options =
        [
            .. QueryCall.CommonOptions,
            Option.Text("--to", "AET", "the destination, as the archive knows it (required)"),
        ],
        Remarks = "Example: clinicalsuite dicom move PACS@pacs:104 -k StudyInstanceUID=1.2.3 --to CLINICALSUITE\n"
            + "Exit status 0 when every object was sent.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (call, complaint) = QueryCall.Read(arguments, CommandField.MoveRequest);
        if (call is null || arguments.Text("--to") is not { } destination)
        {
            return VerbSwitch.Misused(Description, complaint ?? "--to AET is missing");
        }

        if (await call.OpenAsync([call.Context(CommandField.MoveRequest)], call.Options, cancellation) is not { } client)
        {
            return ExitStatus.Failed;
        }

        await using (client)
        {
            var outcome = await client.MoveAsync(
                call.SopClassUid(CommandField.MoveRequest), call.Identifier, destination, RetrievalEnd.Progress, cancellation);
            return RetrievalEnd.Tell(call.Peer, outcome);
        }
    }
}
