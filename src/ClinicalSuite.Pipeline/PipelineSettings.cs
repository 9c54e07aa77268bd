using ClinicalSuite.Pipeline.Retention;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline;

/// <summary>Everything that a site decides about the way of a study. Each wait has its limit here.</summary>
public sealed record PipelineSettings
{
    public required StoreSettings Store { get; init; }

    /// <summary>Our own title, under which we call a PACS.</summary>
    public string AeTitle { get; init; } = "CLINICALSUITE";

    public IReadOnlyList<DicomDestination> Pacs { get; init; } = [];

    /// <summary>DICOMweb services that get the objects too.</summary>
    public IReadOnlyList<WebDestination> Web { get; init; } = [];

    public IReadOnlyList<MllpDestination> Ris { get; init; } = [];

    /// <summary>The certificates with which we call; null where nothing is called over TLS.</summary>
    public TlsSettings? Tls { get; init; }

    public UnidentifiedPolicy Unidentified { get; init; } = UnidentifiedPolicy.Hold;

    /// <summary>How deliveries are proved, and who is told what.</summary>
    public WorkflowSettings Workflow { get; init; } = new();

    /// <summary>Language of documents: <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Serial number in what is made (DeviceSerialNumber); the installation's own when empty.</summary>
    public string DeviceSerialNumber { get; init; } = "";

    /// <summary>After a sender has closed its connection: some open one for each image.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The last resort: so long after the latest image a study with gaps, or with its sender still connected, counts as complete.
    /// </summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after the latest image something announced is awaited: images that a performed procedure step or an availability
    /// notification names, or the end of a step.
    /// </summary>
    public TimeSpan AnnouncedTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an analysis may wait for something that a study lacks, after the latest image.</summary>
    public TimeSpan WaitLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Segments that arrived in the study (SEG, RTSTRUCT) and refer to an input series are given to the analysis.</summary>
    public bool UseArrivedSegments { get; init; } = true;

    /// <summary>By analysis id: keys and values as of <c>--set</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> AnalysisSettings { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Which studies may be removed in time.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>How many runs execute at the same time.</summary>
    public int ConcurrentRuns { get; init; } = 1;

    /// <summary>Threads of one run.</summary>
    public int ThreadsPerRun { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory that one run may take, native and managed (prlimit --data).</summary>
    public long RunMemoryBytes { get; init; } = 4L << 30;

    /// <summary>Wall-clock limit of one attempt.</summary>
    public TimeSpan RunTimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>After that many attempts without an end a run is poisoned.</summary>
    public int MostAttempts { get; init; } = 3;

    /// <summary>The program that executes a run, given the hidden verb <c>child-analyze</c>; by default this very one.</summary>
    public string ChildProgram { get; init; } = Path.Combine(AppContext.BaseDirectory, "clinicalsuite");
}
