namespace ClinicalSuite.Dicom.Network;

/// <summary>A request of a normalized service (PS3.7 10): N-EVENT-REPORT, N-GET, N-SET, N-ACTION, N-CREATE, N-DELETE.
/// </summary>
/// <param name="SopInstanceUid">Null only for an N-CREATE that leaves the choice to the provider.</param>
/// <param name="TypeId">Event type of an N-EVENT-REPORT, action type of an N-ACTION.</param>
public sealed record NServiceRequest(
    CommandField Field, string SopClassUid, string? SopInstanceUid, DicomDataset? DataSet = null,
    ushort? TypeId = null);
