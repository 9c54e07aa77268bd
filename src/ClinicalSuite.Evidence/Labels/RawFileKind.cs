namespace ClinicalSuite.Evidence.Labels;

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
public enum RawFileKind
{
    /// <summary>DICOM, an archive, a folder, or nothing that is read.</summary>
    Other,
    Numpy,
    Nifti,
}
