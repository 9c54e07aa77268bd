namespace ClinicalSuite.Dicom.Network;

/// <summary>What an association came to, for log and custody.</summary>
/// <param name="Identity">The titles are empty if no request arrived.</param>
/// <param name="Stored">Objects answered with success or a warning.</param>
/// <param name="Refused">Objects answered with a failure.</param>
public sealed record AssociationReport(AssociationIdentity Identity, AssociationEnd End, int Stored, int Refused);
