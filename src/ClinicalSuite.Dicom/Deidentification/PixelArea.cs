namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>A rectangle of pixels, zero-based from the upper left corner of the image.</summary>
public sealed record PixelArea
{
    public int X { get; init; }

    public int Y { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }
}
