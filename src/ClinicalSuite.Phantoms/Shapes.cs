using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms;

/// <summary>Approximate signed distances, mm, negative inside; exact on the surface (Quilez, Distance functions).</summary>
internal static class Shapes
{
    public static double Ellipsoid(Point3 p, Point3 centre, Point3 semiAxes)
    {
        var (x, y, z) = (p.X - centre.X, p.Y - centre.Y, p.Z - centre.Z);
        var (u, v, w) = (x / semiAxes.X, y / semiAxes.Y, z / semiAxes.Z);
        var k0 = Math.Sqrt((u * u) + (v * v) + (w * w));
        var (s, t, r) = (u / semiAxes.X, v / semiAxes.Y, w / semiAxes.Z);
        var k1 = Math.Sqrt((s * s) + (t * t) + (r * r));
        return k1 < 1e-9 ? -Math.Min(semiAxes.X, Math.Min(semiAxes.Y, semiAxes.Z)) : k0 * (k0 - 1) / k1;
    }

    /// <summary>An elliptic column along z.</summary>
    public static double Column(Point3 p, double x, double y, double semiX, double semiY)
    {
        var (u, v) = ((p.X - x) / semiX, (p.Y - y) / semiY);
        var k0 = Math.Sqrt((u * u) + (v * v));
        var (s, t) = (u / semiX, v / semiY);
        var k1 = Math.Sqrt((s * s) + (t * t));
        return k1 < 1e-9 ? -Math.Min(semiX, semiY) : k0 * (k0 - 1) / k1;
    }

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
