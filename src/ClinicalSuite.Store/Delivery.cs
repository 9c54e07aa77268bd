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

    /// <summary>When the destination last acknowledged it; from here on it has to be proved.</summary>
    public DateTime? Sent { get; set; }

    public DeliveryProof Proof { get; set; }

    /// <summary>What is known of the proof, in words.</summary>
    public string ProofText { get; set; } = "";

    /// <summary>When the proof is looked after again.</summary>
    public DateTime? ProofDue { get; set; }

    /// <summary>How often a proof was tried since it was sent.</summary>
    public int ProofAttempts { get; set; }

    /// <summary>How often it was sent again because the destination turned out not to have it.</summary>
    public int Resends { get; set; }

    /// <summary>The latest storage commitment asked for; empty when none was.</summary>
    public string CommitmentTransaction { get; set; } = "";

    /// <summary>When it was done: proved, or known that no proof is to be had.</summary>
    public DateTime? Delivered { get; set; }

    public EvidenceObject? Evidence { get; set; }
}
