namespace ClinicalSuite.Store;

/// <summary>A storage commitment that somebody asked of us: promised to be answered before it was acknowledged.</summary>
public sealed class CommitmentOrder
{
    public long Id { get; set; }

    public required string TransactionUid { get; set; }

    /// <summary>Who asked, and gets the report.</summary>
    public required string AeTitle { get; set; }

    public required string PeerAddress { get; set; }

    public required string AssociationId { get; set; }

    public required IReadOnlyList<InstanceReference> References { get; set; }

    public DateTime Received { get; set; }

    /// <summary>When the instances were looked at and the report was queued.</summary>
    public DateTime? Evaluated { get; set; }
}
