namespace ClinicalSuite.Dicom;

/// <summary>What a window means (PS3.3 C.11.2.1.2.1, C.11.2.1.3).</summary>
public enum VoiLutFunction
{
    Linear,

    /// <summary>Without the half-pixel offsets of <see cref="Linear"/>.</summary>
    LinearExact,

    Sigmoid,
}
