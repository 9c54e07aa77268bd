using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>What is asked of and told to other application entities beside the objects themselves. Every wait has its limit here.</summary>
public sealed record WorkflowSettings
{
    /// <summary>Stands for every destination that <see cref="Proofs"/> does not name.</summary>
    public const string AnyDestination = "*";

    /// <summary>How we call others.</summary>
    public DicomClientOptions Client { get; init; } = new();

    /// <summary>Where application entities are that we have to call and know by their title only.</summary>
    public IReadOnlyList<DicomDestination> Peers { get; init; } = [];

    /// <summary>By the destination's name, or <see cref="AnyDestination"/>.</summary>
    public IReadOnlyDictionary<string, ProofPolicy> Proofs { get; init; } = new Dictionary<string, ProofPolicy>();

    /// <summary>Who is told by instance availability notification which results can be had, and where.</summary>
    public IReadOnlyList<DicomDestination> Announce { get; init; } = [];

    /// <summary>Who is told of each analysis as a performed procedure step.</summary>
    public IReadOnlyList<DicomDestination> PerformedSteps { get; init; } = [];

    /// <summary>How long a storage commitment's report is awaited on the association on which it was asked for.</summary>
    public TimeSpan SameAssociation { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a report is awaited before the PACS is asked again, or asked in another way.</summary>
    public TimeSpan ReportLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests for commitment without a report; then there is nothing more to hope for.</summary>
    public int MostRequests { get; init; } = 3;

    /// <summary>How long something sent may be invisible to C-FIND before it counts as lost.</summary>
    public TimeSpan VisibleLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After so long without a proof the page asks for a person.</summary>
    public TimeSpan Alarm { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often an object is sent again that the PACS turned out not to have.</summary>
    public int MostResends { get; init; } = 2;

    /// <summary>How long a PACS that cannot be asked is tried.</summary>
    public TimeSpan ProofLimit { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Before something is tried a second time; doubled for each further time, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts to tell somebody something. With the pauses above the last one is after some 12 hours.</summary>
    public int MostAttempts { get; init; } = 150;

    /// <summary>How long a worker may hold what it took.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    public ProofPolicy PolicyOf(string destination) =>
        Proofs.GetValueOrDefault(destination, Proofs.GetValueOrDefault(AnyDestination, ProofPolicy.Auto));

    /// <summary>Where an application entity is, by title or by name; null when nothing says so.</summary>
    public DicomDestination? PeerOf(string name) =>
        Peers.Concat(Announce).Concat(PerformedSteps).FirstOrDefault(peer => peer.Name == name || peer.AeTitle == name);

    /// <summary>The pause after so many attempts.</summary>
    public TimeSpan PauseAfter(int attempts)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
