namespace ClinicalSuite.Store;

/// <summary>A storage commitment that we asked a destination for. Written before it is asked: the answer may come first.</summary>
public sealed class CommitmentTransaction
{
    public required string TransactionUid { get; set; }

    public required string RunId { get; set; }

    public required string StudyUid { get; set; }

    public required string Destination { get; set; }

    public DateTime Asked { get; set; }

    /// <summary>When the destination said that it will answer; null while that is not known.</summary>
    public DateTime? Accepted { get; set; }

    /// <summary>When the report came.</summary>
    public DateTime? Reported { get; set; }
}
