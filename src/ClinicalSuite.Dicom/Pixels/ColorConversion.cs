namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Colour spaces of PS3.3 C.7.6.3.1.2 to RGB, 8 bits a channel, pixel by pixel.</summary>
internal static class ColorConversion
{
    /// <summary>Three planes to pixel by pixel.</summary>
    public static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        var count = pixels.Length / 3;
        for (var index = 0; index < count; index++)
        {
            pixels[3 * index] = planes[index];
            pixels[(3 * index) + 1] = planes[count + index];
            pixels[(3 * index) + 2] = planes[(2 * count) + index];
        }
    }

    /// <summary>YBR_FULL to RGB in place (PS3.3 C.7.6.3.1.2).</summary>
    public static void FullYbrToRgb(Span<byte> pixels)
    {
        for (var index = 0; index + 2 < pixels.Length; index += 3)
        {
            var (red, green, blue) = ToRgb(pixels[index], pixels[index + 1], pixels[index + 2]);
            (pixels[index], pixels[index + 1], pixels[index + 2]) = (red, green, blue);
        }
    }

    /// <summary>RGB to YBR_FULL in place.</summary>
    public static void RgbToFullYbr(Span<byte> pixels)
    {
        for (var index = 0; index + 2 < pixels.Length; index += 3)
        {
            var (red, green, blue) = (pixels[index], pixels[index + 1], pixels[index + 2]);
            pixels[index] = Clamp((0.299 * red) + (0.587 * green) + (0.114 * blue));
            pixels[index + 1] = Clamp((-0.168736 * red) - (0.331264 * green) + (0.5 * blue) + 128);
            pixels[index + 2] = Clamp((0.5 * red) - (0.418688 * green) - (0.081312 * blue) + 128);
        }
    }

    /// <summary>YBR_PARTIAL to RGB in place: Y from 16 to 235, chrominance from 16 to 240 (retired).</summary>
    public static void PartialYbrToRgb(Span<byte> pixels)
    {
        for (var index = 0; index + 2 < pixels.Length; index += 3)
        {
            var y = 1.1644 * (pixels[index] - 16);
            var (cb, cr) = (pixels[index + 1] - 128, pixels[index + 2] - 128);
            pixels[index] = Clamp(y + (1.5960 * cr));
            pixels[index + 1] = Clamp(y - (0.3917 * cb) - (0.8130 * cr));
            pixels[index + 2] = Clamp(y + (2.0173 * cb));
        }
    }

    /// <summary>Native 4:2:2, two pixels in the four bytes Y1 Y2 Cb Cr, to three samples a pixel.</summary>
    public static void Replicate422(ReadOnlySpan<byte> cells, Span<byte> pixels)
    {
        for (int cell = 0, target = 0; cell + 3 < cells.Length && target + 5 < pixels.Length; cell += 4, target += 6)
        {
            for (var half = 0; half < 2; half++)
            {
                var at = target + (3 * half);
                pixels[at] = cells[cell + half];
                pixels[at + 1] = cells[cell + 2];
                pixels[at + 2] = cells[cell + 3];
            }
        }
    }

    private static (byte Red, byte Green, byte Blue) ToRgb(int y, int cb, int cr)
    {
        var blueDifference = cb - 128;
        var redDifference = cr - 128;
        return (
            Clamp(y + (1.402 * redDifference)),
            Clamp(y - (0.344136 * blueDifference) - (0.714136 * redDifference)),
            Clamp(y + (1.772 * blueDifference)));
    }

    private static byte Clamp(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
