using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms;

/// <summary>Signed distances, mm, negative inside, put together (Quilez, Distance functions).</summary>
internal static class Shapes
{
    /// <summary>Union with the crease between the two rounded over <paramref name="roundingMm"/>.</summary>
    public static double Union(double a, double b, double roundingMm)
    {
        var h = Math.Max(roundingMm - Math.Abs(a - b), 0) / roundingMm;
        return Math.Min(a, b) - (h * h * roundingMm * 0.25);
    }

    public static double Intersection(double a, double b, double roundingMm) => -Union(-a, -b, roundingMm);

    public static double Difference(double a, double b, double roundingMm) => Intersection(a, -b, roundingMm);

    /// <summary>Distance from the segment a-b, and where along it (0 at a, 1 at b) the nearest point lies.</summary>
    public static (double Distance, double Along) Segment(Point3 p, Point3 a, Point3 b)
    {
        var (ab, ap) = (b - a, p - a);
        var along = Math.Clamp(ap.Dot(ab) / Math.Max(ab.Dot(ab), 1e-12), 0, 1);
        return ((ap - (ab * along)).Length, along);
    }
}
