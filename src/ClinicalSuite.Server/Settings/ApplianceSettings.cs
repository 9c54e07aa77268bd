using System.Net;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Pipeline.Retention;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Settings;

/// <summary>All that a site decides. Made from the settings file (<see cref="SettingsFile"/>) and the options of the command line.</summary>
public sealed record ApplianceSettings
{
    /// <summary>Where everything is kept that survives a restart.</summary>
    public required string DataFolder { get; init; }

    public IReadOnlySet<ApplianceRole> Roles { get; init; } =
        new HashSet<ApplianceRole> { ApplianceRole.Intake, ApplianceRole.Work, ApplianceRole.Web };

    /// <summary>Our own application entity title, 1 to 16 characters (PS3.5 6.2 AE).</summary>
    public string AeTitle { get; init; } = "CLINICALSUITE";

    /// <summary>Where the web pages listen. Any other address than loopback demands a sign-in.</summary>
    public IPAddress HttpHost { get; init; } = IPAddress.Loopback;

    /// <summary>0 lets the system choose; so do the other ports.</summary>
    public int HttpPort { get; init; } = 8080;

    /// <summary>Where the DICOM and MLLP listeners listen; the allow-list is the gate.</summary>
    public IPAddress ClinicHost { get; init; } = IPAddress.Any;

    public int DicomPort { get; init; } = 11112;

    /// <summary>Certificates: DICOM over TLS with one on both sides, pages by https, our calls; all off when null.</summary>
    public TlsSettings? Tls { get; init; }

    public int TlsPort { get; init; } = 2762;

    /// <summary>Who may associate; nobody when empty.</summary>
    public IReadOnlyList<AcceptRule> Accept { get; init; } = [];

    /// <summary>Who of those may also query and retrieve; null: all of them.</summary>
    public IReadOnlyList<AcceptRule>? QueryRetrieve { get; init; }

    /// <summary>Where C-MOVE may send to, beside the archives.</summary>
    public IReadOnlyList<DicomDestination> Destinations { get; init; } = [];

    /// <summary>Users that callers may name by DICOM user identity.</summary>
    public IReadOnlyList<DicomUser> DicomUsers { get; init; } = [];

    /// <summary>Callers that name no such user are refused.</summary>
    public bool DemandsDicomUser { get; init; }

    public AssociationSettings Associations { get; init; } = new();

    /// <summary>Archives that get the objects.</summary>
    public IReadOnlyList<DicomDestination> Pacs { get; init; } = [];

    /// <summary>DICOMweb services that get the objects too.</summary>
    public IReadOnlyList<WebDestination> Web { get; init; } = [];

    /// <summary>Information systems that get the ORU^R01.</summary>
    public IReadOnlyList<MllpDestination> Ris { get; init; } = [];

    /// <summary>How it is proved that an archive has what it was sent, by its name or <c>*</c> for all.</summary>
    public IReadOnlyDictionary<string, ProofPolicy> Proofs { get; init; } = new Dictionary<string, ProofPolicy>();

    /// <summary>After so long without a proof the page asks for a person.</summary>
    public TimeSpan ProofAlarm { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the report on a storage commitment is awaited.</summary>
    public TimeSpan CommitmentLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Who is told by instance availability notification where results can be had.</summary>
    public IReadOnlyList<DicomDestination> Announce { get; init; } = [];

    /// <summary>Who is told of each analysis as a performed procedure step.</summary>
    public IReadOnlyList<DicomDestination> PerformedSteps { get; init; } = [];

    /// <summary>How long something that a modality or archive has announced of a study is awaited.</summary>
    public TimeSpan AnnouncedTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Send results of studies without a trustworthy identity with PID-3 <c>NOID-hash</c> in place of holding them.</summary>
    public bool SendUnidentified { get; init; }

    /// <summary>Language of pages and documents: <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>After how long without a new image a study counts as complete when nothing better tells.</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after a sender's connection has closed nothing more is expected of it.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an analysis may wait for images that it lacks.</summary>
    public TimeSpan AnalysisWaitLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Threads of one analysis.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory of one analysis, bytes.</summary>
    public long RunMemoryBytes { get; init; } = 6L << 30;

    public TimeSpan RunTimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>By analysis id: keys and values as of <c>analyze --set</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> AnalysisSettings { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Free space of the data disk below which pages warn, and below which nothing is taken in.</summary>
    public DiskWatermarks Watermarks { get; init; } = new();

    /// <summary>By calling title: GiB of its objects in the store, beyond which it is refused.</summary>
    public IReadOnlyDictionary<string, double> QuotaGib { get; init; } = new Dictionary<string, double>();

    /// <summary>Which studies may be removed in time; none unless the site says so.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Acknowledges what the power may take back; only for measuring what durability costs.</summary>
    public bool BenchmarkWithoutFlushes { get; init; }

    /// <summary>What the processes may take that decode compressed frames for the pages and DICOMweb.</summary>
    public FrameDecoderLimits Decoding { get; init; } = FrameDecoderLimits.Default;

    /// <summary>The program whose hidden verb decodes: this one.</summary>
    public string DecodingProgram => Pipeline.ChildProgram;

    /// <summary>Whether pages demand a sign-in on loopback too; on any other address they always do.</summary>
    public bool SignIn { get; init; }

    /// <summary>The administrator's password for the first start; made up and printed once when null.</summary>
    public string? AdministratorPassword { get; init; }

    /// <summary>Machines that may read with <c>Authorization: Bearer</c>.</summary>
    public IReadOnlyList<MachineToken> Tokens { get; init; } = [];

    /// <summary>The largest body of one STOW-RS request, bytes.</summary>
    public long StowBytes { get; init; } = 16L << 30;

    /// <summary>Web sites (scheme, host, port) whose pages may use DICOMweb with a token; none when empty.</summary>
    public IReadOnlyList<string> WebOrigins { get; init; } = [];

    /// <summary>The least that is logged of what the appliance itself says.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>One JSON object a line (event id, names and values apart) in place of text, for whatever collects logs.</summary>
    public bool JsonLog { get; init; }

    /// <summary>How long a stop waits for what is under way.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether pages leave this machine unencrypted: passwords and images can then be read on the way.</summary>
    public bool IsWebInTheClear => Roles.Contains(ApplianceRole.Web) && !IPAddress.IsLoopback(HttpHost) && Tls is not { Web: true };

    public bool NeedsSignIn => SignIn || !IPAddress.IsLoopback(HttpHost);

    /// <summary>What the store takes of these settings; below, the pipeline and the gate.</summary>
    internal StoreSettings Store => new()
    {
        DataFolder = DataFolder,
        Watermarks = Watermarks,
        Flushes = !BenchmarkWithoutFlushes,
        Roles = Roles.Select(role => role switch
        {
            ApplianceRole.Intake => StoreRole.Intake,
            ApplianceRole.Work => StoreRole.Work,
            _ => StoreRole.Web,
        }).ToHashSet(),
    };

    internal PipelineSettings Pipeline => new()
    {
        Store = Store,
        AeTitle = AeTitle,
        Pacs = Pacs,
        Web = Web,
        Ris = Ris,
        Tls = Tls,
        Unidentified = SendUnidentified ? UnidentifiedPolicy.Send : UnidentifiedPolicy.Hold,
        Workflow = Workflow,
        Language = Language,
        AnnouncedTime = AnnouncedTime,
        SettleTime = SettleTime,
        QuietTime = QuietTime,
        WaitLimit = AnalysisWaitLimit,
        AnalysisSettings = AnalysisSettings,
        ThreadsPerRun = Threads,
        RunMemoryBytes = RunMemoryBytes,
        RunTimeLimit = RunTimeLimit,
        Retention = Retention,
    };

    private WorkflowSettings Workflow => new()
    {
        Client = new DicomClientOptions { CallingAeTitle = AeTitle },
        Peers = [.. Destinations, .. Pacs],
        Proofs = Proofs,
        Alarm = ProofAlarm,
        ReportLimit = CommitmentLimit,
        VisibleLimit = CommitmentLimit,
        Announce = Announce,
        PerformedSteps = PerformedSteps,
    };

    internal IntakeSettings Intake => new()
    {
        AeTitle = AeTitle,
        Accept = [.. Accept.Where(rule => rule != AcceptRule.Anyone).Select(rule => new AllowedCaller(rule.AeTitle, rule.Host))],
        AcceptAnyone = Accept.Contains(AcceptRule.Anyone),
        Bindings = Tls?.Bindings ?? [],
        QuotaBytes = QuotaGib.ToDictionary(quota => quota.Key, quota => (long)(quota.Value * (1L << 30))),
        QueryRetrieve = QueryRetrieve?.Select(rule => new AllowedCaller(rule.AeTitle, rule.Host)).ToList(),
        Destinations = [.. Destinations, .. Pacs],
        OutgoingTls = Tls?.Client ?? Tls,
        Users = DicomUsers,
        DemandsUser = DemandsDicomUser,
        MaximumAssociations = Associations.Most ?? IntakeSettings.DefaultMost,
        MaximumAssociationsPerAddress = Associations.MostOfOneAddress ?? IntakeSettings.DefaultMostOfOneAddress,
        Limits = Associations.Over(AssociationLimits.Default),
        Reporters = [.. Pacs.Select(pacs => new AllowedCaller(pacs.AeTitle, pacs.Host))],
        Workflow = Workflow,
    };
}
