namespace ClinicalSuite.Dicom;

/// <summary>A window of display, in rescaled units (PS3.3 C.11.2.1.2).</summary>
public readonly record struct DicomWindow(double Center, double Width, string Explanation)
{
    public VoiLutFunction Function { get; init; }
}
