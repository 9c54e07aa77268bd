using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Cli.Query;

/// <summary>What find, get and move have in common on the command line.</summary>
internal sealed record QueryCall(
    DicomPeer Peer, DicomDataset Identifier, bool IsPatientRoot, bool IsWorklist, DicomClientOptions Options)
{
    public static readonly IReadOnlyList<Option> CommonOptions =
    [
        Option.List("-k", "KEY[=VALUE]", "key by PS3.6 keyword or GGGGEEEE; SEQUENCE.KEY for what is in items; repeat it"),
        Option.Text("--level", "LEVEL", "patient, study (default), series or image"),
        Option.Text("--model", "MODEL", "study (default) or patient: the information model's root"),
        Option.Flag("--relational", "ask for relational queries and retrieval"),
        Option.Text("--charset", "TERM", "character set of the request (default: ISO_IR 192 where ASCII is not enough)"),
        Option.Text("--aet", "NAME", "our own AE title (default CLINICALSUITE)"),
        Option.Text("--user", "NAME", "user identity"),
        Option.Text("--passcode-file", "FILE", "file with the passcode of --user; its last line end does not count"),
        .. TlsOptions.OfCaller,
    ];

    private static readonly string[] Syntaxes = [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian];

    public string SopClassUid(CommandField field) => (field, IsPatientRoot) switch
    {
        (CommandField.FindRequest, _) when IsWorklist => DicomUID.ModalityWorklistInformationModelFind,
        (CommandField.FindRequest, true) => DicomUID.PatientRootQueryRetrieveInformationModelFind,
        (CommandField.FindRequest, false) => DicomUID.StudyRootQueryRetrieveInformationModelFind,
        (CommandField.GetRequest, true) => DicomUID.PatientRootQueryRetrieveInformationModelGet,
        (CommandField.GetRequest, false) => DicomUID.StudyRootQueryRetrieveInformationModelGet,
        (_, true) => DicomUID.PatientRootQueryRetrieveInformationModelMove,
        _ => DicomUID.StudyRootQueryRetrieveInformationModelMove,
    };

    /// <returns>The call, or the complaint about the words; exactly one is not null.</returns>
    public static (QueryCall? Call, string? Complaint) Read(
        Arguments arguments, CommandField field, bool isWorklist = false, bool isFuzzy = false)
    {
        if (!DicomPeer.TryParse(arguments.Operands[0], out var peer))
        {
            return (null, $"{arguments.Operands[0]}: not AET@HOST:PORT");
        }

        var level = arguments.Text("--level") ?? "study";
        var model = arguments.Text("--model") ?? (level == "patient" ? "patient" : "study");
        if (level is not ("patient" or "study" or "series" or "image") || model is not ("patient" or "study"))
        {
            return (null, "--level is patient, study, series or image; --model is study or patient");
        }

        var identifier = new DicomDataset();
        foreach (var key in arguments.List("-k"))
        {
            if (QueryIdentifier.Set(identifier, key) is { } problem)
            {
                return (null, problem);
            }
        }

        if (!isWorklist)
        {
            identifier.AddOrUpdate(DicomTag.QueryRetrieveLevel, level.ToUpperInvariant());
        }

        if (CharacterSetProblem(identifier, arguments.Text("--charset")) is { } misfit)
        {
            return (null, misfit);
        }

        var call = new QueryCall(peer, identifier, model == "patient", isWorklist, new DicomClientOptions());
        var extended = new ExtendedNegotiation(
            call.SopClassUid(field), new byte[] { (byte)(arguments.Has("--relational") ? 1 : 0), 0, (byte)(isFuzzy ? 1 : 0) });
        return (call with
        {
            Options = call.Options with
            {
                CallingAeTitle = arguments.Text("--aet") ?? call.Options.CallingAeTitle,
                Tls = TlsOptions.Read(arguments) is { } tls ? TlsClient.Options(tls, peer.Host) : null,
                Extended = arguments.Has("--relational") || isFuzzy ? [extended] : [],
                Identity = arguments.Text("--user") is { } user
                    ? UserIdentity.Of(user, arguments.Text("--passcode-file") is { } file ? Passcode(file) : null)
                    : null,
            },
        }, null);
    }

    public ProposedContext Context(CommandField field) => new(1, SopClassUid(field), Syntaxes);

    /// <summary>Calls the peer; the problem is already told when the answer is null.</summary>
    /// <param name="cancellation">Counts until the association stands; later it is for C-CANCEL.</param>
    public async Task<DicomClient?> OpenAsync(
        IReadOnlyList<ProposedContext> contexts, DicomClientOptions options, CancellationToken cancellation)
    {
        // Not disposed: the association holds on to its token as long as it lives.
        var opening = new CancellationTokenSource();
        await using var registration = cancellation.Register(opening.Cancel);
        var outcome = await DicomClient.OpenAsync(Peer, contexts, options, opening.Token);
        if (outcome is AssociationOpening.Opened { Client: var client })
        {
            return client;
        }

        Console.Error.WriteLine($"{Peer}: {((AssociationOpening.Failed)outcome).End.Describe()}");
        return null;
    }

    /// <summary>The text of the request must fit in its character set, which is named only where it is needed.</summary>
    private static string? CharacterSetProblem(DicomDataset identifier, string? term)
    {
        if (term is null && !identifier.TextFitsIn())
        {
            identifier.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        }
        else if (term is not null)
        {
            var terms = term.Split('\\');
            if (!identifier.TextFitsIn(terms))
            {
                return $"--charset {term}: a key does not fit in it";
            }

            identifier.AddOrUpdate(DicomTag.SpecificCharacterSet, terms);
        }

        return null;
    }

    private static string Passcode(string file) => File.ReadAllText(file).TrimEnd('\n', '\r');
}
