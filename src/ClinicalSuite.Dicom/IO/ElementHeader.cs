namespace ClinicalSuite.Dicom.IO;

/// <summary>What stands before a value. <see cref="Length"/> is <see cref="Undefined"/> for FFFFFFFFH.</summary>
internal readonly record struct ElementHeader(DicomTag Tag, DicomVR VR, long Length, long Offset)
{
    public const long Undefined = 0xFFFFFFFF;

    public bool IsUndefined => Length == Undefined;
}
