namespace ClinicalSuite.Dicom.Web;

/// <summary>What a STOW-RS answer says of one instance (PS3.18 10.5.3.2, Annex I).</summary>
/// <param name="FailureReason">Null where the service keeps the instance.</param>
/// <param name="WarningReason">Null where it keeps it as it is.</param>
/// <param name="Comment">The reason in words, where the service says them.</param>
public sealed record StoredReference(string SopInstanceUid, int? FailureReason, int? WarningReason, string Comment);
