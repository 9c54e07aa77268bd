using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Server.Access;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Settings;

/// <summary>
/// The settings file: JSON with comments; a name it does not know is refused. Only what is written there changes the defaults
/// of <see cref="ApplianceSettings"/>.
/// </summary>
public sealed record SettingsFile
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public string? Data { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public string? Aet { get; init; }

    public string? HttpHost { get; init; }

    public int? HttpPort { get; init; }

    public string? ClinicHost { get; init; }

    public int? DicomPort { get; init; }

    public int? DicomTlsPort { get; init; }

    public TlsSettings? Tls { get; init; }

    public IReadOnlyList<string>? Accept { get; init; }

    public IReadOnlyList<string>? QueryRetrieve { get; init; }

    public IReadOnlyList<string>? Destinations { get; init; }

    public IReadOnlyList<DicomUser>? DicomUsers { get; init; }

    public bool? DemandDicomUser { get; init; }

    public AssociationSettings? Associations { get; init; }

    public IReadOnlyList<string>? Pacs { get; init; }

    /// <summary>DICOMweb services that get the objects, each an address or more about one.</summary>
    public IReadOnlyList<WebService>? DicomWeb { get; init; }

    /// <summary>The largest STOW-RS request, GiB.</summary>
    public double? StowGib { get; init; }

    /// <summary>Sites such as <c>https://viewer.hospital</c> whose pages may use DICOMweb.</summary>
    public IReadOnlyList<string>? WebOrigins { get; init; }

    public IReadOnlyList<string>? Ris { get; init; }

    /// <summary>By AET@HOST:PORT of an archive, or <c>*</c>: <c>auto</c>, <c>commitment</c>, <c>find</c> or <c>none</c>.</summary>
    public IReadOnlyDictionary<string, string>? Proof { get; init; }

    public double? ProofAlarmMinutes { get; init; }

    public double? CommitmentMinutes { get; init; }

    /// <summary>AET@HOST:PORT of those that get instance availability notifications of results.</summary>
    public IReadOnlyList<string>? Announce { get; init; }

    /// <summary>AET@HOST:PORT of those that get each analysis as a performed procedure step.</summary>
    public IReadOnlyList<string>? PerformedSteps { get; init; }

    public double? AnnouncedMinutes { get; init; }

    /// <summary><c>hold</c> or <c>send</c>.</summary>
    public string? Unidentified { get; init; }

    public string? Language { get; init; }

    public double? QuietSeconds { get; init; }

    public int? Threads { get; init; }

    public double? RunMemoryGib { get; init; }

    public double? RunMinutes { get; init; }

    /// <summary>By analysis id: its settings, as those of <c>analyze --set</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Analyses { get; init; }

    public DiskWatermarks? Disk { get; init; }

    public RetentionFile? Retention { get; init; }

    public IReadOnlyDictionary<string, double>? QuotaGib { get; init; }

    /// <summary>For measurements only; never on a machine that receives patients' images.</summary>
    public bool? BenchmarkWithoutFlushes { get; init; }

    /// <summary>Decoding processes at a time.</summary>
    public int? Decoders { get; init; }

    public double? DecoderMemoryGib { get; init; }

    /// <summary>For one frame.</summary>
    public double? DecoderSeconds { get; init; }

    public bool? SignIn { get; init; }

    public string? AdministratorPassword { get; init; }

    public IReadOnlyList<MachineToken>? Tokens { get; init; }

    /// <summary><c>text</c> or <c>json</c>.</summary>
    public string? LogFormat { get; init; }

    /// <summary><c>debug</c>, <c>information</c>, <c>warning</c> or <c>error</c>.</summary>
    public string? LogLevel { get; init; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">Not JSON, or a name or kind of value that is not known; the message has line and position.</exception>
    public static SettingsFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<SettingsFile>(stream, Reading) ?? new SettingsFile();
    }

    /// <summary>Puts what is written over <paramref name="defaults"/>.</summary>
    /// <returns>The settings, or the complaint about a value; exactly one is not null.</returns>
    public (ApplianceSettings? Settings, string? Complaint) Over(ApplianceSettings defaults)
    {
        var complaints = new List<string>();
        var settings = Work(Peers(Seat(defaults, complaints), complaints), complaints);
        complaints.AddRange(SettingsCheck.Complaints(settings));
        return complaints.Count == 0 ? (settings, null) : (null, string.Join("; ", complaints));
    }

    /// <summary>Who the appliance is, where it listens and who signs in.</summary>
    private ApplianceSettings Seat(ApplianceSettings defaults, List<string> complaints) => defaults with
    {
        DataFolder = Data ?? defaults.DataFolder,
        Roles = Roles is null ? defaults.Roles : Roles.Select(r => Role(r, complaints)).ToHashSet(),
        AeTitle = Aet ?? defaults.AeTitle,
        HttpHost = Address(HttpHost, "httpHost", defaults.HttpHost, complaints),
        HttpPort = HttpPort ?? defaults.HttpPort,
        ClinicHost = Address(ClinicHost, "clinicHost", defaults.ClinicHost, complaints),
        DicomPort = DicomPort ?? defaults.DicomPort,
        TlsPort = DicomTlsPort ?? defaults.TlsPort,
        Tls = Tls ?? defaults.Tls,
        Associations = Associations ?? defaults.Associations,
        SignIn = SignIn ?? defaults.SignIn,
        AdministratorPassword = AdministratorPassword ?? defaults.AdministratorPassword,
        Tokens = Tokens ?? defaults.Tokens,
        JsonLog = LogFormat switch
        {
            null => defaults.JsonLog,
            "json" => true,
            "text" => false,
            _ => Complain(complaints, $"logFormat: {LogFormat}: text or json", false),
        },
        LogLevel = LogLevel switch
        {
            null => defaults.LogLevel,
            "debug" => Microsoft.Extensions.Logging.LogLevel.Debug,
            "information" => Microsoft.Extensions.Logging.LogLevel.Information,
            "warning" => Microsoft.Extensions.Logging.LogLevel.Warning,
            "error" => Microsoft.Extensions.Logging.LogLevel.Error,
            _ => Complain(complaints, $"logLevel: {LogLevel}: debug, information, warning or error", defaults.LogLevel),
        },
        Language = Language ?? defaults.Language,
    };

    /// <summary>Who may send and ask, and who gets results.</summary>
    private ApplianceSettings Peers(ApplianceSettings defaults, List<string> complaints) => defaults with
    {
        Accept = Each(Accept, "accept", "AET[@HOST]", AcceptRule.Parse, defaults.Accept, complaints),
        QueryRetrieve = QueryRetrieve is null
            ? defaults.QueryRetrieve
            : Each(QueryRetrieve, "queryRetrieve", "AET[@HOST]", AcceptRule.Parse, [], complaints),
        Destinations = Each(Destinations, "destinations", "[tls:]AET@HOST:PORT", Archive, defaults.Destinations, complaints),
        DicomUsers = DicomUsers ?? defaults.DicomUsers,
        DemandsDicomUser = DemandDicomUser ?? defaults.DemandsDicomUser,
        Pacs = Each(Pacs, "pacs", "[tls:]AET@HOST:PORT", Archive, defaults.Pacs, complaints),
        Web = Services(defaults.Web, complaints),
        WebOrigins = Each(WebOrigins, "webOrigins", "http[s]://HOST[:PORT]", CrossOrigin.Parse, defaults.WebOrigins, complaints),
        StowBytes = StowGib is { } most ? (long)(most * (1L << 30)) : defaults.StowBytes,
        Ris = Each(Ris, "ris", "[tls:]HOST:PORT", InformationSystem, defaults.Ris, complaints),
        Proofs = Proof is null ? defaults.Proofs : Proof.ToDictionary(p => p.Key, p => Policy(p.Value, complaints)),
        ProofAlarm = Minutes(ProofAlarmMinutes, defaults.ProofAlarm),
        CommitmentLimit = Minutes(CommitmentMinutes, defaults.CommitmentLimit),
        Announce = Each(Announce, "announce", "[tls:]AET@HOST:PORT", Archive, defaults.Announce, complaints),
        PerformedSteps = Each(PerformedSteps, "performedSteps", "[tls:]AET@HOST:PORT", Archive, defaults.PerformedSteps, complaints),
        AnnouncedTime = Minutes(AnnouncedMinutes, defaults.AnnouncedTime),
        SendUnidentified = Unidentified switch
        {
            null => defaults.SendUnidentified,
            "send" => true,
            "hold" => false,
            _ => Complain(complaints, $"unidentified: {Unidentified}: hold or send", false),
        },
    };

    /// <summary>What analyses, decoders and the disk may take.</summary>
    private ApplianceSettings Work(ApplianceSettings defaults, List<string> complaints) => defaults with
    {
        QuietTime = QuietSeconds is { } quiet ? TimeSpan.FromSeconds(quiet) : defaults.QuietTime,
        Threads = Threads ?? defaults.Threads,
        RunMemoryBytes = RunMemoryGib is { } gib ? (long)(gib * (1L << 30)) : defaults.RunMemoryBytes,
        RunTimeLimit = RunMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : defaults.RunTimeLimit,
        AnalysisSettings = Analyses ?? defaults.AnalysisSettings,
        Watermarks = Disk ?? defaults.Watermarks,
        QuotaGib = QuotaGib ?? defaults.QuotaGib,
        Retention = Retention?.Settings(complaints) ?? defaults.Retention,
        BenchmarkWithoutFlushes = BenchmarkWithoutFlushes ?? defaults.BenchmarkWithoutFlushes,
        Decoding = defaults.Decoding with
        {
            Processes = Decoders ?? defaults.Decoding.Processes,
            MemoryBytes = DecoderMemoryGib is { } size ? (long)(size * (1L << 30)) : defaults.Decoding.MemoryBytes,
            Time = DecoderSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.Decoding.Time,
        },
    };

    /// <summary><c>tls:</c> before it means over TLS.</summary>
    private static DicomDestination? Archive(string text) =>
        DicomPeer.TryParse(WithoutTls(text), out var peer)
            ? new DicomDestination(peer.AeTitle, peer.Host, peer.Port) { Tls = IsTls(text) }
            : null;

    private IReadOnlyList<WebDestination> Services(IReadOnlyList<WebDestination> defaults, List<string> complaints)
    {
        var read = DicomWeb?.Select(service => service.Read()).ToList();
        complaints.AddRange(read?.Select(r => r.Complaint).OfType<string>() ?? []);
        return read is null ? defaults : [.. read.Select(r => r.Destination).OfType<WebDestination>()];
    }

    private static ProofPolicy Policy(string text, List<string> complaints) =>
        Enum.TryParse<ProofPolicy>(text, ignoreCase: true, out var policy) && !char.IsAsciiDigit(text[0])
            ? policy
            : Complain(complaints, $"proof: {text}: auto, commitment, find or none", ProofPolicy.Auto);

    private static TimeSpan Minutes(double? minutes, TimeSpan otherwise) =>
        minutes is { } given ? TimeSpan.FromMinutes(given) : otherwise;

    private static MllpDestination? InformationSystem(string text) =>
        NetworkPeer.Parse(WithoutTls(text)) is { } peer ? new MllpDestination(peer.Host, peer.Port) { Tls = IsTls(text) } : null;

    private static bool IsTls(string text) => text.StartsWith("tls:", StringComparison.OrdinalIgnoreCase);

    private static string WithoutTls(string text) => IsTls(text) ? text[4..] : text;

    private static ApplianceRole Role(string text, List<string> complaints) =>
        Enum.TryParse<ApplianceRole>(text, ignoreCase: true, out var role)
            ? role
            : Complain(complaints, $"roles: {text}: intake, work or web", ApplianceRole.Web);

    private static IPAddress Address(string? text, string name, IPAddress otherwise, List<string> complaints) =>
        text is null ? otherwise
        : text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : Complain(complaints, $"{name}: {text}: not an IP address", otherwise);

    private static IReadOnlyList<T> Each<T>(
        IReadOnlyList<string>? texts, string name, string form, Func<string, T?> parse, IReadOnlyList<T> otherwise, List<string> complaints)
        where T : class
    {
        if (texts is null)
        {
            return otherwise;
        }

        var parsed = new List<T>();
        foreach (var text in texts)
        {
            if (parse(text) is { } one)
            {
                parsed.Add(one);
            }
            else
            {
                complaints.Add($"{name}: {text}: not {form}");
            }
        }

        return parsed;
    }

    private static T Complain<T>(List<string> complaints, string complaint, T otherwise)
    {
        complaints.Add(complaint);
        return otherwise;
    }
}
