namespace ClinicalSuite.Dicom;

/// <summary>
/// What PS3.6 (or a private creator's list) says of an attribute. <paramref name="VR"/> is as the standard writes it:
/// <c>US or SS</c> where the data set decides.
/// </summary>
public sealed record DicomDictionaryEntry(string Keyword, string VR, string VM, bool IsRetired);
