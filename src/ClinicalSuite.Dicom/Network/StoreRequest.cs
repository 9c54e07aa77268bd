namespace ClinicalSuite.Dicom.Network;

/// <summary>One C-STORE request as it begins to arrive (PS3.7 9.1.1). Both UIDs are well formed.</summary>
/// <param name="DataSet">
/// The data set in <paramref name="TransferSyntax"/>, read from the network as it is asked for.
/// </param>
public sealed record StoreRequest(
    AssociationIdentity Association,
    string SopClassUid,
    string SopInstanceUid,
    string TransferSyntax,
    Stream DataSet);
