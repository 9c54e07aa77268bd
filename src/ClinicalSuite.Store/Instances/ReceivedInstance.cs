namespace ClinicalSuite.Store.Instances;

/// <summary>What a sender says of an object before its data set arrives (C-STORE-RQ and presentation context, PS3.7 9.1.1).</summary>
public sealed record ReceivedInstance
{
    public required string SopInstanceUid { get; init; }

    public required string SopClassUid { get; init; }

    public required string TransferSyntaxUid { get; init; }

    /// <summary><see cref="Association.Id"/> of the sender's connection.</summary>
    public required string AssociationId { get; init; }

    /// <summary>Preamble, DICM and File Meta Information (PS3.10 7.1), written before the data set.</summary>
    public required ReadOnlyMemory<byte> FileHeader { get; init; }
}
