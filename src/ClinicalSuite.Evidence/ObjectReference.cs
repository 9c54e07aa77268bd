namespace ClinicalSuite.Evidence;

/// <summary>A DICOM object by its names; enough to refer to it and to find it.</summary>
public sealed record ObjectReference(string StudyUid, string SeriesUid, string SopClassUid, string SopInstanceUid);
