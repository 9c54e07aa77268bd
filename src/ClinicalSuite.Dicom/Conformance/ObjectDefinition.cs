namespace ClinicalSuite.Dicom.Conformance;

/// <summary>A composite information object definition of PS3.3 Annex A.</summary>
internal sealed record ObjectDefinition(string Name, IReadOnlyList<ModuleUse> Modules);
