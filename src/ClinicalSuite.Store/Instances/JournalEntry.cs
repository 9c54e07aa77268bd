namespace ClinicalSuite.Store.Instances;

/// <summary>The promise that an object is kept: written before its sender hears success.</summary>
public sealed record JournalEntry
{
    /// <summary>Position in the journal, from 1; 0 before it is written.</summary>
    public long Sequence { get; init; }

    public required string SopInstanceUid { get; init; }

    public required string SopClassUid { get; init; }

    public required string TransferSyntaxUid { get; init; }

    public required string AssociationId { get; init; }

    /// <summary>Relative to the store's folder.</summary>
    public string Path { get; init; } = "";

    /// <summary>Bytes before the data set.</summary>
    public required int HeaderLength { get; init; }

    /// <summary>Bytes of the whole file.</summary>
    public required long Length { get; init; }

    /// <summary>Of the data set alone: the same object sent twice has the same.</summary>
    public required string DataSetSha256 { get; init; }

    /// <summary>Of the bytes before the data set, for <see cref="StoreVerification"/>; empty where an earlier version kept none.</summary>
    public required string HeaderSha256 { get; init; }

    /// <summary>Another data set was there first under this SOPInstanceUID.</summary>
    public bool IsConflict { get; init; }

    public required DateTime Received { get; init; }

    /// <summary>What its header says, as intake read it; null where it was not read then.</summary>
    public InstanceFacts? Facts { get; init; }
}
