namespace ClinicalSuite.Dicom.Network;

/// <summary>Whose C-MOVE request made us send an object.</summary>
public sealed record MoveOriginator(string AeTitle, ushort MessageId);
