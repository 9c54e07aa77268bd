namespace ClinicalSuite.Vessels;

/// <summary>
/// Where the wall of a round vessel lies in a blurred image. A thick vessel ends at half its height; a thin one, whose height on
/// the axis is a share of the contrast of blood, ends nearer to its top, and cut at half it would be taken for too thick.
/// </summary>
public static class VesselWall
{
    private const int Steps = 512;

    // A vessel fainter than this is far below the noise; one brighter than blood is as thick as can be.
    private const double Faintest = 0.05;
    private const double Fullest = 0.98;

    private static readonly float[] Table = [.. Enumerable.Range(0, Steps + 1).Select(k => (float)Exact((double)k / Steps))];

    /// <summary>
    /// Level of the wall over the height on the axis. A disc of radius r blurred by sigma has 1 - exp(-x / 2) of its contrast at
    /// its centre and (1 - exp(-x) I0(x)) / 2 at its edge, x = (r / sigma)^2.
    /// </summary>
    /// <param name="fullness">Height on the axis over the contrast of blood.</param>
    public static float LevelOverHeight(float fullness) =>
        Table[(int)((Math.Clamp(fullness, 0f, 1f) * Steps) + 0.5f)];

    private static double Exact(double fullness)
    {
        var height = Math.Clamp(fullness, Faintest, Fullest);
        var x = -2 * Math.Log(1 - height);
        return (1 - (Math.Exp(-x) * BesselI0(x))) / (2 * height);
    }

    /// <summary>Modified Bessel function of order 0 by its power series (Abramowitz and Stegun 9.6.10); x is below 8 here.</summary>
    private static double BesselI0(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > 1e-16 * sum; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
