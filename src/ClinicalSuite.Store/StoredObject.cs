namespace ClinicalSuite.Store;

/// <summary>One SOP instance that can be retrieved.</summary>
/// <param name="Path">Relative to the store's folder.</param>
/// <param name="Sha256">Of the data set, or of the file of an object of ours: the same as long as the object is.</param>
/// <param name="Number">InstanceNumber, where it is known.</param>
public sealed record StoredObject(
    string StudyUid, string SeriesUid, string SopInstanceUid, string SopClassUid, string TransferSyntaxUid, string Path,
    long Length, string Sha256, int? Number);
