namespace ClinicalSuite.Dicom.Network;

/// <summary>A context that both sides agreed on.</summary>
public sealed record PresentationContext(byte Id, string AbstractSyntax, string TransferSyntax);
