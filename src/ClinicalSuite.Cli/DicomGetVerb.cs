using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Query;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Cli;

/// <summary>Fetches objects by C-GET: they come on our own association, so that the archive need not know us.</summary>
internal sealed class DicomGetVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "dicom get",
        Summary = "fetch objects from an archive by C-GET",
        Operands = "AET@HOST:PORT",
        MinOperands = 1,
        MaxOperands = 1,
        Options =
        [
            .. QueryCall.CommonOptions,
            Option.Text("--out", "DIR", "folder that gets UID.dcm for each (required)"),
        ],
        Remarks = "Example: clinicalsuite dicom get PACS@pacs:104 -k StudyInstanceUID=1.2.3 --out study\n"
            + "Exit status 0 when every object was sent.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (call, complaint) = QueryCall.Read(arguments, CommandField.GetRequest);
        if (call is null || arguments.Text("--out") is not { } folder)
        {
            return VerbSwitch.Misused(Description, complaint ?? "--out DIR is missing");
        }

        Directory.CreateDirectory(folder);
        var received = new ReceivedFiles(folder);
        var options = call.Options with { Storage = received, Roles = StorageClasses.Roles };
        ProposedContext[] contexts = [call.Context(CommandField.GetRequest), .. StorageClasses.Contexts()];
        if (await call.OpenAsync(contexts, options, cancellation) is not { } client)
        {
            return ExitStatus.Failed;
        }

        await using (client)
        {
            var outcome = await client.GetAsync(
                call.SopClassUid(CommandField.GetRequest), call.Identifier, RetrievalEnd.Progress, cancellation);
            var status = RetrievalEnd.Tell(call.Peer, outcome);
            Console.Out.WriteLine($"{received.Count} files in {folder}");
            return status;
        }
    }
}
