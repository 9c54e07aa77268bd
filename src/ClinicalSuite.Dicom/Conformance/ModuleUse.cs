namespace ClinicalSuite.Dicom.Conformance;

/// <summary>A module of an IOD; without a condition it is mandatory.</summary>
internal sealed record ModuleUse(AttributeGroup Module, Condition? Condition);
