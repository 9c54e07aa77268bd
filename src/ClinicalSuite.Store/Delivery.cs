namespace ClinicalSuite.Store;

/// <summary>One object on its way to one destination.</summary>
public sealed class Delivery
{
    public long Id { get; set; }

    public long EvidenceObjectId { get; set; }

    public required string RunId { get; set; }

    public required string StudyUid { get; set; }

    /// <summary>The destination's name in the settings, e.g. <c>PACS@192.0.2.7:11112</c>.</summary>
    public required string Destination { get; set; }

    public DeliveryKind Kind { get; set; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public DateTime NextAttempt { get; set; }

    /// <summary>Counts up with every lease; only the holder of the latest may write the outcome.</summary>
    public long Fence { get; set; }

    public DateTime? LeaseUntil { get; set; }

    /// <summary>What the destination answered (DIMSE status, MSA-1 and MSA-2).</summary>
    public string Acknowledgement { get; set; } = "";

    public string Error { get; set; } = "";

    public DateTime Created { get; set; }

    public DateTime? Delivered { get; set; }

    public EvidenceObject? Evidence { get; set; }
}
