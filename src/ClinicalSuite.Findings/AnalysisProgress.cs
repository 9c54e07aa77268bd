namespace ClinicalSuite.Findings;

/// <summary>How far a run is: fraction 0..1, never falling, and what it is doing.</summary>
public readonly record struct AnalysisProgress(double Fraction, string Step);
