namespace ClinicalSuite.Dicom.Conformance;

/// <summary>One line of a module or macro.</summary>
internal abstract record GroupLine(Condition? Condition);
