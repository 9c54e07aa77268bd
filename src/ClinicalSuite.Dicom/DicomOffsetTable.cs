namespace ClinicalSuite.Dicom;

/// <summary>How encapsulated pixel data say where their frames start.</summary>
public enum DicomOffsetTable
{
    /// <summary>The table in the first item (PS3.5 A.4); where its 32 bits are not enough, the extended one.</summary>
    Basic,

    /// <summary>(7FE0,0001) and (7FE0,0002) (PS3.3 C.7.6.3.1.8).</summary>
    Extended,

    /// <summary>One fragment is one frame.</summary>
    None,
}
