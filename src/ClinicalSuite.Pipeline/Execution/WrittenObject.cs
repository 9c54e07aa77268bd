using ClinicalSuite.Evidence;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>A file that an execution left in its folder; in the order in which they are to be sent.</summary>
/// <param name="Reference">Null for what is no DICOM object.</param>
public sealed record WrittenObject(EvidenceKind Kind, string FileName, ObjectReference? Reference, long Length, string Sha256);
