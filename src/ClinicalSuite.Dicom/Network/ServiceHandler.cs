namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Performs one request and gives the final response; pending ones go out by
/// <see cref="DimseOperation.RespondAsync"/>. Each operation has its own call.
/// </summary>
public delegate Task<DimseResponse> ServiceHandler(DimseOperation operation);
