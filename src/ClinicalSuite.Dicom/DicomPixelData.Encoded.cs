using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

public sealed partial class DicomPixelData
{
    /// <summary>One frame, zero-based, as it is encoded: its fragments, joined.</summary>
    /// <exception cref="DicomFormatException">The pixels are native, or nothing tells which fragments are the frame's.
    /// </exception>
    public ReadOnlyMemory<byte> GetEncodedFrame(int frame)
    {
        CheckFrame(frame);
        return Fragments is null
            ? throw Bad("native pixel data have no encoded frames")
            : FrameSource.Encoded(Fragments, frame, NumberOfFrames, ExtendedOffsets());
    }
}
