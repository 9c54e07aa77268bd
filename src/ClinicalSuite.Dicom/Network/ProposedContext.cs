namespace ClinicalSuite.Dicom.Network;

/// <summary>A presentation context as a requestor proposes it (PS3.8 9.3.2.2).</summary>
/// <param name="Id">Odd, 1 to 255.</param>
public sealed record ProposedContext(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);
