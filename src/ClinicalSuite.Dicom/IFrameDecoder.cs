namespace ClinicalSuite.Dicom;

/// <summary>Who decodes encoded frames: this process, or processes of their own. Safe for use from several threads.
/// </summary>
public interface IFrameDecoder
{
    /// <summary>The frame as native little-endian bytes, <see cref="FrameDescription.FrameBytes"/> of them.</summary>
    /// <param name="encoded">All fragments of the frame, one after another.</param>
    /// <exception cref="DicomFormatException">
    /// The frame is damaged, does not agree with its description, or brought its decoder down.
    /// </exception>
    /// <exception cref="TimeoutException">No decoder became free.</exception>
    byte[] Decode(FrameDescription frame, ReadOnlyMemory<byte> encoded);
}
