using System.Runtime.InteropServices;

namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Native frames to lossless encoded ones.</summary>
internal static class FrameEncoder
{
    private const int MostBits = 16;

    /// <summary>The transfer syntaxes that are written.</summary>
    public static bool Writes(DicomTransferSyntax syntax) => syntax.Uid is DicomUID.RLELossless
        or DicomUID.JPEGLosslessSV1 or DicomUID.JPEGLSLossless or DicomUID.JPEG2000Lossless;

    /// <param name="frame">How the cells are laid out; the transfer syntax is the one to be written.</param>
    /// <param name="cells">Little-endian cells of 8, 16 or 32 bits.</param>
    /// <exception cref="DicomFormatException">The syntax has no place for samples of so many bits.</exception>
    public static byte[] Encode(FrameDescription frame, int highBit, ReadOnlySpan<byte> cells)
    {
        if (frame.TransferSyntaxUid == DicomUID.RLELossless)
        {
            return RleCodec.Encode(cells, frame.SamplesPerPixel, frame.BitsAllocated / 8, frame.IsPlanar);
        }

        var samples = new int[frame.Pixels * frame.SamplesPerPixel];
        StoredSamples.Read(cells, frame.BitsAllocated, frame.BitsAllocated, frame.BitsAllocated - 1, frame.IsSigned, samples);
        var precision = PrecisionOf(frame, highBit, samples);
        return frame.TransferSyntaxUid switch
        {
            DicomUID.JPEGLosslessSV1 => LosslessJpegEncoder.Encode(
                Words(samples, precision), frame.Columns, frame.Rows, frame.SamplesPerPixel, precision),
            DicomUID.JPEGLSLossless => EncodeJpegLs(frame, samples, precision),
            _ => OpenJpeg.Encode(
                Planes(samples, frame.SamplesPerPixel), frame.Columns, frame.Rows, frame.SamplesPerPixel, precision,
                frame.IsSigned, frame.SamplesPerPixel == 3 && frame.PhotometricInterpretation == "YBR_RCT"),
        };
    }

    /// <summary>
    /// Bits stored where the bits beside them say nothing; all bits allocated where something stands there that must come
    /// back, such as an overlay of old.
    /// </summary>
    private static int PrecisionOf(FrameDescription frame, int highBit, int[] samples)
    {
        var precision = frame.BitsStored;
        var shift = 32 - frame.BitsStored;
        var isPlain = highBit == frame.BitsStored - 1;
        for (var index = 0; isPlain && index < samples.Length; index++)
        {
            isPlain = frame.IsSigned
                ? samples[index] << shift >> shift == samples[index]
                : unchecked((uint)samples[index] << shift >> shift == (uint)samples[index]);
        }

        precision = Math.Max(2, isPlain ? precision : frame.BitsAllocated);
        return precision <= MostBits
            ? precision
            : throw new DicomFormatException(
                $"{precision} bits are more than {DicomUID.NameOf(frame.TransferSyntaxUid)} is written with",
                DicomTag.BitsStored.ToString());
    }

    private static ushort[] Words(int[] samples, int precision)
    {
        var mask = (1 << precision) - 1;
        return Array.ConvertAll(samples, sample => (ushort)(sample & mask));
    }

    private static byte[] EncodeJpegLs(FrameDescription frame, int[] samples, int precision)
    {
        var words = Words(samples, precision);
        var source = precision > 8
            ? MemoryMarshal.AsBytes(words.AsSpan())
            : Array.ConvertAll(words, word => (byte)word);
        return CharLs.Encode(source, frame.Columns, frame.Rows, frame.SamplesPerPixel, precision);
    }

    private static int[] Planes(int[] samples, int samplesPerPixel)
    {
        if (samplesPerPixel == 1)
        {
            return samples;
        }

        var planes = new int[samples.Length];
        var pixels = samples.Length / samplesPerPixel;
        for (var index = 0; index < samples.Length; index++)
        {
            planes[(index % samplesPerPixel * pixels) + (index / samplesPerPixel)] = samples[index];
        }

        return planes;
    }
}
