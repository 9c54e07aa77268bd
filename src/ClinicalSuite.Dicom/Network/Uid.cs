namespace ClinicalSuite.Dicom.Network;

/// <summary>Identifiers as they arrive.</summary>
internal static class Uid
{
    /// <summary><see cref="DicomUID.IsWellFormed"/>: leading zeros pass.</summary>
    public static bool IsWellFormed(string uid) => DicomUID.IsWellFormed(uid);
}
