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

    /// <summary>YBR_FULL_422, uncompressed: two pixels in the four bytes Y1 Y2 Cb Cr.</summary>
    public static void FullYbr422ToRgb(ReadOnlySpan<byte> cells, Span<byte> pixels)
    {
        for (int cell = 0, target = 0; cell + 3 < cells.Length && target + 5 < pixels.Length; cell += 4, target += 6)
        {
            for (var half = 0; half < 2; half++)
            {
                var (red, green, blue) = ToRgb(cells[cell + half], cells[cell + 2], cells[cell + 3]);
                var at = target + (3 * half);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (red, green, blue);
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
