namespace ClinicalSuite.Findings;

/// <summary>Something about the input or the result that a reader must know, with the measured cause.</summary>
public sealed record QualityNote(Code Code, QualitySeverity Severity, string Cause);
