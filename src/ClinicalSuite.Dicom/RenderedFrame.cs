using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

/// <summary>A picture of a frame: 8 bits a sample, pixel by pixel, rows from the top.</summary>
/// <param name="SamplesPerPixel">1 for grey (0 is black), 3 for RGB.</param>
public sealed record RenderedFrame(int Columns, int Rows, int SamplesPerPixel, ReadOnlyMemory<byte> Pixels)
{
    /// <summary>As JPEG baseline.</summary>
    /// <param name="quality">1 to 100.</param>
    public byte[] ToJpeg(int quality = 90) => TurboJpeg.Encode(this, Math.Clamp(quality, 1, 100));
}
