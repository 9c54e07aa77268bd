namespace ClinicalSuite.Dicom.Conformance;

/// <summary>A module or a macro of PS3.3.</summary>
internal sealed record AttributeGroup(string Name, IReadOnlyList<GroupLine> Lines);
