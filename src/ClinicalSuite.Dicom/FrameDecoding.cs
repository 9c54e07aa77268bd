using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

/// <summary>The decoder of this process.</summary>
public static class FrameDecoding
{
    /// <summary>Decodes in the calling thread, native libraries included.</summary>
    public static IFrameDecoder InProcess { get; } = new InProcessFrameDecoder();

    /// <summary>
    /// Used wherever no other is named. A program that listens sets it, before it takes anything, to a
    /// <see cref="FrameDecoderPool"/>: native decoders have a history of memory faults, and a crafted frame must not
    /// take the listeners down.
    /// </summary>
    public static IFrameDecoder Decoder { get; set; } = InProcess;
}
