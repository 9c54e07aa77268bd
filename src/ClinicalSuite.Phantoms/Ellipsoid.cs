using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms;

/// <summary>An ellipsoid along the axes, or with an infinite semi-axis an elliptic column.</summary>
internal readonly struct Ellipsoid(Point3 centre, Point3 semiAxes)
{
    private readonly Point3 _centre = centre;
    private readonly Point3 _inverse = new(1 / semiAxes.X, 1 / semiAxes.Y, 1 / semiAxes.Z);

    /// <summary>A column along z.</summary>
    public static Ellipsoid Column(double x, double y, double semiX, double semiY) =>
        new(new Point3(x, y, 0), new Point3(semiX, semiY, double.PositiveInfinity));

    /// <summary>Approximate signed distance, mm, negative inside; exact on the surface (Quilez, Distance functions).</summary>
    public double Distance(Point3 p)
    {
        var (u, v, w) = ((p.X - _centre.X) * _inverse.X, (p.Y - _centre.Y) * _inverse.Y, (p.Z - _centre.Z) * _inverse.Z);
        var (s, t, r) = (u * _inverse.X, v * _inverse.Y, w * _inverse.Z);
        var k0 = Math.Sqrt((u * u) + (v * v) + (w * w));
        var k1 = Math.Sqrt((s * s) + (t * t) + (r * r));
        return k1 > 1e-12 ? k0 * (k0 - 1) / k1 : -1 / Math.Max(_inverse.X, Math.Max(_inverse.Y, _inverse.Z));
    }
}
