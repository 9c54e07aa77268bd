namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Something that must not be so: a finding where the condition holds.</summary>
internal sealed record RuleLine(ConformanceSeverity Severity, DicomTag Tag, Condition Broken) : GroupLine(Broken);
