namespace ClinicalSuite.Evidence;

/// <summary>One finished object: a Part 10 file, a document or a message.</summary>
/// <param name="FileName">Name within the folder of its run, e.g. <c>sr.dcm</c>; the same for each retry.</param>
/// <param name="Reference">Its UIDs where it is a DICOM object; null for report.pdf, oru.hl7 and findings.json.</param>
/// <param name="Content">The bytes that leave; a retry sends the same.</param>
public sealed record EvidenceObject(
    EvidenceKind Kind, string FileName, ObjectReference? Reference, ReadOnlyMemory<byte> Content);
