using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Seg;

/// <summary>Display colours as RecommendedDisplayCIELabValue holds them (PS3.3 C.10.7.1.1).</summary>
internal static class CieLab
{
    /// <summary>L* 0..100, a* and b* -128..127, each onto 0..65535; sRGB with its D65 white.</summary>
    public static int[] Encode(Rgb color)
    {
        var (red, green, blue) = (Linear(color.Red), Linear(color.Green), Linear(color.Blue));
        var x = Curve(((0.4124 * red) + (0.3576 * green) + (0.1805 * blue)) / 0.95047);
        var y = Curve((0.2126 * red) + (0.7152 * green) + (0.0722 * blue));
        var z = Curve(((0.0193 * red) + (0.1192 * green) + (0.9505 * blue)) / 1.08883);
        return
        [
            Scale((116 * y) - 16, 0, 100),
            Scale(500 * (x - y), -128, 127),
            Scale(200 * (y - z), -128, 127),
        ];
    }

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static double Curve(double value) => value > 0.008856 ? Math.Cbrt(value) : (7.787 * value) + (16.0 / 116);

    private static int Scale(double value, double low, double high) =>
        (int)Math.Round((Math.Clamp(value, low, high) - low) / (high - low) * 65535);
}
