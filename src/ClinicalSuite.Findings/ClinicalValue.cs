namespace ClinicalSuite.Findings;

/// <summary>A laboratory or bedside value with unit and time.</summary>
public sealed record ClinicalValue(string Name, double Value, string Unit, DateTimeOffset? Taken);
