namespace ClinicalSuite.Store;

/// <summary>One object that was acknowledged to its sender.</summary>
public sealed class Instance
{
    /// <summary>The sequence number of its journal row: registering twice is impossible.</summary>
    public long Id { get; set; }

    /// <summary>Null while the header could not be read; <see cref="Problem"/> says why.</summary>
    public long? SeriesId { get; set; }

    public required string SopInstanceUid { get; set; }

    public required string SopClassUid { get; set; }

    public required string TransferSyntaxUid { get; set; }

    public int? Number { get; set; }

    /// <summary>Relative to the store's folder.</summary>
    public required string Path { get; set; }

    public long Length { get; set; }

    /// <summary>SHA-256 of the data set as received, without preamble and file meta information; lower-case hexadecimal.</summary>
    public required string DataSetSha256 { get; set; }

    /// <summary>Another data set arrived earlier under the same SOPInstanceUID; that one is used, this one is kept.</summary>
    public bool IsConflict { get; set; }

    /// <summary>An object that this appliance made and got back.</summary>
    public bool IsOwnResult { get; set; }

    public string Problem { get; set; } = "";

    public required string AssociationId { get; set; }

    public DateTime Received { get; set; }

    public Series? Series { get; set; }

    /// <summary>No row of its own: a result, as queries find it. The numbers of the journal begin with 1.</summary>
    public bool IsMadeHere => Id == 0;
}
