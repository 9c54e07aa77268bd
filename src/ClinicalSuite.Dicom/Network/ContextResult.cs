namespace ClinicalSuite.Dicom.Network;

/// <summary>The acceptor's answer to one proposed context (PS3.8 9.3.3.2).</summary>
public sealed record ContextResult(byte Id, ContextOutcome Outcome, string TransferSyntax);
