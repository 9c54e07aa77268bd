using ClinicalSuite.Cli.Query;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>Networking (PS3.2 A.4): the application entities, their associations and their services.</summary>
internal static class NetworkSections
{
    private static readonly string[] ContextColumns =
        ["Abstract syntax", "UID", "Transfer syntaxes, in order of preference", "Role", "Extended negotiation"];

    public static void Write(StatementText text, ConformanceFacts facts)
    {
        text.Heading(1, "Networking").Heading(2, "Implementation model")
            .Paragraph("One program, one AE title of its own for all that it does on behalf of the appliance.")
            .List(
                "**Intake** accepts associations: verification, storage, query/retrieve, storage commitment, "
                    + "performed procedure steps and availability of others. An object is acknowledged when file and "
                    + "journal are on the device.",
                "**Delivery** opens associations to each destination when an analysis has results, sends them "
                    + "by C-STORE, and then asks for proof: storage commitment where the destination offers it, else "
                    + "C-FIND at image level.",
                "**Workflow** opens associations to report on storage commitments that others asked for, and "
                    + "to tell of results by performed procedure step and availability notification where settings "
                    + "name a receiver.",
                "**Retrieval** opens an association to the destination of a C-MOVE.",
                "**Command line**: `dicom echo, send, find, get, move`, used by hand.")
            .Paragraph(
                "Sequence: objects arrive; the study is complete when its sender's association has closed and "
                + "nothing that was announced is missing, or after a quiet time; an analysis runs; results are "
                + "sent in the order segmentation, report, picture, document; they are proved. A restart at any "
                + "point goes on from there.");
        Policies(text, facts);
        Intake(text, facts);
        StatusSections.Write(text);
        Outgoing(text, facts);
    }

    /// <summary>SOP classes of the verbs.</summary>
    public static IEnumerable<string> CommandLineClasses() =>
        CommandLine().SelectMany(row => row.Contexts).Select(context => context.AbstractSyntax).Distinct()
            .Where(uid => !StorageClasses.Contexts().Any(context => context.AbstractSyntax == uid));

    private static void Policies(StatementText text, ConformanceFacts facts)
    {
        var limits = facts.Intake.Limits;
        text.Heading(2, "Association policies")
            .Table(["Item", "Value"],
            [
                ["Application context", "1.2.840.10008.3.1.1.1 (DICOM)"],
                ["Implementation class UID", DicomUID.ImplementationClass],
                ["Implementation version name", DicomFileMeta.ImplementationVersionName],
                ["Maximum PDU received", $"{limits.MaximumPduLength} bytes; what a peer announces is kept to"],
                [
                    "Associations accepted at a time",
                    $"{facts.Intake.MaximumAssociations}; {facts.Intake.MaximumAssociationsPerAddress} of one address, "
                        + $"{facts.Intake.MaximumAssociationsPerTitle} of one title; others are refused for the moment "
                        + "(result 2, source 3, reason 2)",
                ],
                [
                    "Presentation contexts of one association",
                    $"{limits.MaximumPresentationContexts}, each with up to {limits.MaximumTransferSyntaxes} "
                        + "transfer syntaxes",
                ],
                [
                    "Asynchronous operations window, accepting",
                    $"{OperationsWindow.Granted.Invoked} invoked, {OperationsWindow.Granted.Performed} performed",
                ],
                [
                    "Asynchronous operations window, proposing",
                    $"{new DicomClientOptions().Window} invoked, 1 performed",
                ],
                ["SOP class common extended negotiation", "read, not answered"],
                ["User identity", "types 1 and 2 against the users of the settings; confirmed if asked; a caller without one is refused where "
                    + "settings demand it (result 1, source 1, reason 1)"],
                ["Time for A-ASSOCIATE-RQ, and for an answer to ours", Seconds(limits.Artim)],
                ["Time between messages", Seconds(limits.Idle)],
                [
                    "Time for each PDU of a message",
                    $"{Seconds(limits.Message)}, and at least {limits.SlowestBytesPerSecond} bytes a second "
                        + "on the whole",
                ],
                ["Time for an answer to a request of ours", Seconds(limits.Response)],
                ["Time between responses of a C-MOVE or C-GET of ours", Seconds(limits.Retrieve)],
                [
                    "Longest data set",
                    $"{limits.MaximumDataSetLength} bytes; identifiers and DIMSE-N data sets "
                        + $"{limits.MaximumMessageLength} bytes",
                ],
            ])
            .Paragraph(
                "Refused for good: a called title that is not ours (reason 7), a calling title with its "
                + "address that is not on the allow-list, or that is tied to another certificate (reason 3). "
                + "Destinations that are not on the allow-list may open an association for reports on storage "
                + "commitments only. One association carries any number of objects.");
    }

    private static void Intake(StatementText text, ConformanceFacts facts)
    {
        var offered = facts.Offered;
        text.Heading(2, "Intake: services as a provider").Heading(3, "Presentation contexts")
            .Table(ContextColumns,
            [
                .. offered.AbstractSyntaxes.Order(StringComparer.Ordinal).Select(uid => Context(offered, uid)),
                ["every storage SOP class", "last chapter", "those of the next table",
                    Role(offered, DicomUID.CTImageStorage), ""],
            ])
            .Heading(3, "Transfer syntaxes of storage")
            .Paragraph(
                "In order of preference where a context proposes several. Objects are kept as they come. "
                + "Decoded: pixels can be read, and are sent uncompressed to those who do not take the syntax. "
                + "Encoded: objects can be sent in it without loss.")
            .Table(["Transfer syntax", "UID", "Received", "Decoded", "Encoded"], offered.StorageTransferSyntaxes.Select(Syntax))
            .Heading(3, "Requests")
            .Table(["SOP class", "Requests"],
            [
                [DicomUID.NameOf(DicomUID.Verification), "C-ECHO"],
                ["Storage", "C-STORE"],
                .. facts.Handlers.Requests.GroupBy(row => row.SopClassUid).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => (IReadOnlyList<string>)
                    [
                        DicomUID.NameOf(group.Key),
                        string.Join(", ", group.Select(row => Words(row.Request)).Order(StringComparer.Ordinal)),
                    ]),
            ])
            .Paragraph(
                "Storage is level 2 (full): all attributes are kept, private ones included, as they came. The "
                + "same instance again is a success and nothing new; another data set under the same SOP "
                + "instance UID is kept beside the first, flagged, and never served in its place. C-CANCEL is "
                + "honoured by C-FIND, C-MOVE and C-GET. Storage commitment answers on a new association to the "
                + "address that settings give for the caller's title, or on the same; an object is committed to "
                + "only when its file is there with the hash that was written down when it was flushed.")
            .Paragraph("Contexts for destinations that are not on the allow-list:")
            .Table(ContextColumns, facts.Reporters.AbstractSyntaxes.Order(StringComparer.Ordinal)
                .Select(uid => Context(facts.Reporters, uid)));
    }

    private static void Outgoing(StatementText text, ConformanceFacts facts)
    {
        text.Heading(2, "Delivery, workflow, retrieval, command line: services as a user").Heading(3, "Proposed presentation contexts")
            .Table(["Activity", "Abstract syntax", "Transfer syntaxes", "Role"],
            [
                .. facts.Results.SelectMany(result => result.Proposed).GroupBy(context => context.AbstractSyntax)
                    .Select(group => Proposal("C-STORE of results", group.First())),
                .. ProposedServices.Activities.SelectMany(activity =>
                    activity.Contexts.Select(context => Proposal(activity.Activity, context))),
                .. CommandLine().SelectMany(row => row.Contexts.GroupBy(context => Names(context.TransferSyntaxes))
                    .Select(group => (IReadOnlyList<string>)
                        [row.Verb, Names(group.Select(context => context.AbstractSyntax)), group.Key, "SCU"])),
            ])
            .Paragraph(
                "C-STORE for C-MOVE and C-GET, and `dicom send`: for each SOP class explicit and implicit VR "
                + "little endian, and the syntax of the object where it is compressed. A receiver that does not "
                + "take it gets the object uncompressed if it can be decoded here. The report on a storage "
                + "commitment is proposed with the role SCP. `dicom get` proposes the role SCP for each storage "
                + "class.")
            .Heading(3, "What answers do")
            .Table(["Request", "Answer", "Behaviour"],
            [
                ["C-STORE of results", "0000H, B000H, B006H, B007H; 0111H", "sent; the proof follows"],
                ["C-STORE of results", "A7xxH", "tried again with growing pauses"],
                ["C-STORE of results", "any other", "stops; the page shows the answer and asks for a person"],
                [
                    "C-STORE of results",
                    "rejected for good, or no presentation context",
                    "stops; the page says what the peer must accept",
                ],
                [
                    "C-STORE of results",
                    "rejected for the moment, aborted, no connection",
                    "tried again with growing pauses",
                ],
                ["N-ACTION", "failure", "C-FIND in its place where it is offered"],
                [
                    "N-EVENT-REPORT",
                    "an object has failed",
                    "sent again, twice at most, then it stops and is shown with the reason",
                ],
                ["N-CREATE, N-SET", "failure", "tried again where it may pass, else shown"],
            ])
            .Heading(3, "Attributes of messages");
        foreach (var (message, attributes) in ProposedServices.Messages(facts.Settings.AeTitle))
        {
            text.Paragraph($"**{message}**").Table(AttributeRows.Columns, AttributeRows.Of(attributes));
        }
    }

    private static IReadOnlyList<(string Verb, IReadOnlyList<ProposedContext> Contexts)> CommandLine()
    {
        var call = new QueryCall(
            new DicomPeer("", "", 0), new DicomDataset(), IsPatientRoot: false, IsWorklist: false, new DicomClientOptions());
        var patient = call with { IsPatientRoot = true };
        return
        [
            ("dicom echo", ContextProposal.Verification),
            ("dicom find", [call.Context(CommandField.FindRequest), patient.Context(CommandField.FindRequest)]),
            ("dicom find --worklist", [(call with { IsWorklist = true }).Context(CommandField.FindRequest)]),
            ("dicom move", [call.Context(CommandField.MoveRequest), patient.Context(CommandField.MoveRequest)]),
            ("dicom get", [call.Context(CommandField.GetRequest), patient.Context(CommandField.GetRequest), .. StorageClasses.Contexts()]),
        ];
    }

    private static IReadOnlyList<string> Context(SupportedServices offered, string uid) =>
    [
        DicomUID.NameOf(uid), uid, Names(offered.TransferSyntaxesFor(uid)), Role(offered, uid),
        string.Join(' ', offered.ExtendedOf(uid)),
    ];

    private static string Role(SupportedServices offered, string uid) =>
        offered.Negotiate(new RoleSelection(uid, IsUser: true, IsProvider: true)).IsProvider
            ? "SCP; SCU if the peer proposes it"
            : "SCP";

    private static IReadOnlyList<string> Syntax(string uid)
    {
        var syntax = DicomTransferSyntax.Of(uid);
        var isRead = syntax.IsEncapsulated
            ? DicomPixelData.CanDecodeFrom(syntax)
            : uid is not (DicomUID.JPIPReferenced or DicomUID.JPIPReferencedDeflate);
        return [syntax.Name, uid, "Yes", isRead ? "Yes" : "No", DicomPixelData.CanEncode(syntax) ? "Yes" : "No"];
    }

    private static IReadOnlyList<string> Proposal(string activity, ProposedContext context) =>
        [activity, DicomUID.NameOf(context.AbstractSyntax), Names(context.TransferSyntaxes), "SCU"];

    private static string Names(IEnumerable<string> uids) => string.Join(", ", uids.Select(DicomUID.NameOf));

    /// <summary>FindRequest as C-FIND, NCreateRequest as N-CREATE.</summary>
    private static string Words(CommandField field) => field switch
    {
        CommandField.EventReportRequest => "N-EVENT-REPORT",
        CommandField.FindRequest => "C-FIND",
        CommandField.GetRequest => "C-GET",
        CommandField.MoveRequest => "C-MOVE",
        CommandField.NActionRequest => "N-ACTION",
        CommandField.NCreateRequest => "N-CREATE",
        CommandField.NSetRequest => "N-SET",
        _ => field.ToString(),
    };

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0} s");
}
