namespace ClinicalSuite.Dicom.Network;

/// <summary>What a service answers: pending ones as often as it likes, then one that is final.</summary>
public sealed record DimseResponse(DimseStatus Status, DicomDataset? DataSet = null)
{
    /// <summary>C-MOVE and C-GET only.</summary>
    public SuboperationCounts? Suboperations { get; init; }

    /// <summary>The instance that an N-CREATE made, where the request named none.</summary>
    public string? SopInstanceUid { get; init; }

    public static DimseResponse Success { get; } = new(DimseStatus.Success);
}
