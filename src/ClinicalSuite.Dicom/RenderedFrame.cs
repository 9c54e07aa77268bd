namespace ClinicalSuite.Dicom;

/// <summary>A picture of a frame: 8 bits a sample, pixel by pixel, rows from the top.</summary>
/// <param name="SamplesPerPixel">1 for grey (0 is black), 3 for RGB.</param>
public sealed record RenderedFrame(int Columns, int Rows, int SamplesPerPixel, ReadOnlyMemory<byte> Pixels);
