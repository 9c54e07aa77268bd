namespace ClinicalSuite.Dicom.Pixels;

/// <summary>Values of interest to grey levels (PS3.3 C.11.2).</summary>
internal sealed class VoiTransform
{
    private readonly Func<double, double> fraction;

    private VoiTransform(Func<double, double> fraction) => this.fraction = fraction;

    /// <summary>0 to 255; what is no number is black.</summary>
    public byte Level(float value)
    {
        var level = Math.Round(255 * fraction(value), MidpointRounding.AwayFromZero);
        return level > 0 ? (byte)Math.Min(level, 255) : (byte)0;
    }

    public static VoiTransform Of(DicomWindow window)
    {
        var (center, width) = (window.Center, window.Width);
        switch (window.Function)
        {
            case VoiLutFunction.Sigmoid:
                return new VoiTransform(value => 1 / (1 + Math.Exp(-4 * (value - center) / width)));
            case VoiLutFunction.LinearExact:
                return new VoiTransform(value => ((value - center) / width) + 0.5);
            default:
                // Equation of C.11.2.1.2.1; a width of one is a threshold.
                return width > 1
                    ? new VoiTransform(value => ((value - (center - 0.5)) / (width - 1)) + 0.5)
                    : new VoiTransform(value => value <= center - 0.5 ? 0 : 1);
        }
    }

    public static VoiTransform Of(LookupTable table)
    {
        double greatest = table.Greatest;
        return new VoiTransform(value => double.IsNaN(value)
            ? 0
            : table[(int)Math.Clamp(Math.Round(value), int.MinValue, int.MaxValue)] / greatest);
    }

    public static VoiTransform Between(double least, double greatest) => greatest > least
        ? new VoiTransform(value => (value - least) / (greatest - least))
        : new VoiTransform(_ => 0);
}
