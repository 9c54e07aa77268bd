namespace ClinicalSuite.Findings;

public enum QualitySeverity
{
    Note,
    Warning,
}
