namespace ClinicalSuite.Dicom.Network;

/// <summary>One response of a peer, pending or final.</summary>
/// <param name="DataSet">Read to its end; null if the response has none.</param>
public sealed record DimseReply(CommandSet Command, DicomDataset? DataSet)
{
    public DimseStatus Status => Command.Status;

    public SuboperationCounts Suboperations => Command.Suboperations;
}
