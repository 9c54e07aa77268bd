namespace ClinicalSuite.Dicom;

/// <summary>The modality transformation: output = stored * Slope + Intercept (PS3.3 C.11.1.1.2).</summary>
/// <param name="Type">What the output is, for example HU; empty where the file does not say.</param>
public readonly record struct DicomRescale(double Slope, double Intercept, string Type)
{
    public static DicomRescale Identity { get; } = new(1, 0, "");
}
