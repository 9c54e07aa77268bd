using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Pipeline.Workflow;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>Who may send, and how much at a time.</summary>
public sealed record IntakeSettings
{
    public const int DefaultMost = 100;
    public const int DefaultMostOfOneAddress = 32;

    /// <summary>Our own title; a caller must name it.</summary>
    public required string AeTitle { get; init; }

    /// <summary>The allow-list. Empty: nobody may associate.</summary>
    public IReadOnlyList<AllowedCaller> Accept { get; init; } = [];

    /// <summary>Opens the allow-list: any title from any address. A warning is logged at start.</summary>
    public bool AcceptAnyone { get; init; }

    /// <summary>Titles that are tied to a certificate.</summary>
    public IReadOnlyList<CertificateBinding> Bindings { get; init; } = [];

    /// <summary>
    /// Who of the allow-list may also query and retrieve; null: whoever may associate. Others may only verify and store.
    /// </summary>
    public IReadOnlyList<AllowedCaller>? QueryRetrieve { get; init; }

    /// <summary>Where C-MOVE may send to, by AE title; any other title is refused with A801H.</summary>
    public IReadOnlyList<DicomDestination> Destinations { get; init; } = [];

    /// <summary>What we show and trust where a destination is called over TLS.</summary>
    public CertificateFiles? OutgoingTls { get; init; }

    /// <summary>
    /// Users that a caller may name (PS3.7 D.3.3.7). One that names itself must be on a list that is not empty.
    /// </summary>
    public IReadOnlyList<DicomUser> Users { get; init; } = [];

    /// <summary>Callers that name no user are refused.</summary>
    public bool DemandsUser { get; init; }

    /// <summary>
    /// Our destinations: not on the allow-list, they may still call to report on a storage commitment that we asked for.
    /// </summary>
    public IReadOnlyList<AllowedCaller> Reporters { get; init; } = [];

    /// <summary>What the other service classes on the port need.</summary>
    public WorkflowSettings Workflow { get; init; } = new();

    /// <summary>Private storage SOP classes (outside the standard's root), as some vendors send.</summary>
    public bool AcceptPrivateClasses { get; init; } = true;

    /// <summary>
    /// Associations at the same time; further ones are refused with "local limit exceeded" and may come again.
    /// </summary>
    public int MaximumAssociations { get; init; } = DefaultMost;

    /// <summary>The same for one address, so that one sender cannot shut out the others.</summary>
    public int MaximumAssociationsPerAddress { get; init; } = DefaultMostOfOneAddress;

    /// <summary>The same for one calling title.</summary>
    public int MaximumAssociationsPerTitle { get; init; } = 32;

    /// <summary>The same while the data disk is above its first watermark.</summary>
    public int AssociationsPerTitleWhenDiskLow { get; init; } = 4;

    /// <summary>By calling title: bytes of its objects in the store, beyond which it is refused; none for those not named.</summary>
    public IReadOnlyDictionary<string, long> QuotaBytes { get; init; } = new Dictionary<string, long>();

    public AssociationLimits Limits { get; init; } = AssociationLimits.Default;
}
