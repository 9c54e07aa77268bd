namespace ClinicalSuite.Dicom.Conformance;

/// <summary>The attributes of a macro.</summary>
internal sealed record IncludeLine(string Macro, Condition? Condition) : GroupLine(Condition);
