namespace ClinicalSuite.Dicom.Conformance;

public enum ConformanceSeverity
{
    /// <summary>The standard allows it, and advises against it or does not know it.</summary>
    Warning,

    /// <summary>The object breaks the standard.</summary>
    Error,
}
