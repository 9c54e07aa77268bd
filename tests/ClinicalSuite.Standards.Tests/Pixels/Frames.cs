using ClinicalSuite.Dicom;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>Frames as numbers that can be compared whatever their layout.</summary>
internal static class Frames
{
    /// <summary>Stored values, pixel by pixel; floats and 4:2:2 by their bytes.</summary>
    public static int[] Values(DicomPixelData pixels, int frame)
    {
        if (pixels.IsFloat || pixels.FrameBytes * 8 < pixels.SamplesPerFrame * pixels.BitsAllocated)
        {
            return Array.ConvertAll(pixels.GetFrame(frame).ToArray(), cell => (int)cell);
        }

        var values = new int[pixels.SamplesPerFrame];
        pixels.ReadStoredValues(frame, values);
        if (!pixels.IsPlanar)
        {
            return values;
        }

        var count = pixels.Rows * pixels.Columns;
        var interleaved = new int[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            interleaved[index] = values[(index % pixels.SamplesPerPixel * count) + (index / pixels.SamplesPerPixel)];
        }

        return interleaved;
    }

    /// <summary>The greatest difference, and the peak signal-to-noise ratio in dB.</summary>
    public static (int Greatest, double Psnr) Compare(int[] left, int[] right, int bitsStored)
    {
        var greatest = 0;
        var squares = 0.0;
        for (var index = 0; index < left.Length; index++)
        {
            var difference = left[index] - right[index];
            greatest = Math.Max(greatest, Math.Abs(difference));
            squares += (double)difference * difference;
        }

        var peak = Math.Pow(2, bitsStored) - 1;
        return (greatest, squares == 0 ? double.PositiveInfinity : 10 * Math.Log10(peak * peak * left.Length / squares));
    }

    /// <summary>The encoded bytes of the one fragment of a frame.</summary>
    public static byte[] Encoded(DicomPixelData pixels, int frame) =>
        pixels.Fragments!.Fragments[frame].Read().ToArray();
}
