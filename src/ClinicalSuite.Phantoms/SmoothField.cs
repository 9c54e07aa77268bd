using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms;

/// <summary>
/// White noise smoothed by a Gaussian, mean 0 and standard deviation 1, kept on a lattice in patient space. Independent of
/// the image grid: the same seed gives the same field at any resolution.
/// </summary>
internal sealed class SmoothField
{
    private readonly Lattice _lattice;

    /// <param name="sigmaMm">Of the Gaussian.</param>
    /// <param name="pointsPerSigma">Linear reading between points a quarter of sigma apart errs by less than 1 % of the field.</param>
    public SmoothField(CounterRandom random, Point3 low, Point3 high, double sigmaMm, int threads, int pointsPerSigma = 4)
    {
        var step = sigmaMm / pointsPerSigma;
        var shape = new GridShape(Steps(high.X - low.X), Steps(high.Y - low.Y), Steps(high.Z - low.Z));
        var values = new float[shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.Noise((ulong)i);
        }

        GaussianFilter.Smooth(values, shape, (pointsPerSigma, pointsPerSigma, pointsPerSigma), threads, values);
        Standardise(values);
        _lattice = new Lattice(low, new Point3(step, step, step), shape, values);

        int Steps(double lengthMm) => 2 + (int)Math.Ceiling(Math.Max(lengthMm, 0) / step);
    }

    /// <summary>The field along a row of <paramref name="destination"/>.Length points, <paramref name="spacingMm"/> apart in x.</summary>
    public void Read(Point3 start, double spacingMm, Span<float> destination) => _lattice.Read(start, spacingMm, destination);

    /// <summary>Shifts and scales to mean 0, standard deviation 1.</summary>
    public static void Standardise(Span<float> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        var mean = sum / values.Length;
        var scale = 1 / Math.Sqrt((squares / values.Length) - (mean * mean));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((values[i] - mean) * scale);
        }
    }
}
