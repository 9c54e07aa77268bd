using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>A solid of one CT number that is painted over what was there. Template mm.</summary>
/// <param name="Label">A <see cref="CtLiverLabel"/>; null leaves what was there.</param>
/// <param name="Distance">Signed, mm, negative inside.</param>
/// <param name="Low">Corner of the box that holds it.</param>
internal sealed record Tissue(byte? Label, double Value, Func<BodyPoint, double> Distance, Point3 Low, Point3 High)
{
    public static Tissue Ellipsoid(byte? label, double value, Point3 centre, Point3 semiAxes)
    {
        var shape = new Ellipsoid(centre, semiAxes);
        return new Tissue(label, value, p => shape.Distance(p.Position), centre - semiAxes, centre + semiAxes);
    }

    public static Tissue Column(byte? label, double value, double x, double y, double semiX, double semiY)
    {
        var shape = Phantoms.Ellipsoid.Column(x, y, semiX, semiY);
        return new Tissue(label, value, p => shape.Distance(p.Position), new(x - semiX, y - semiY, -400), new(x + semiX, y + semiY, 400));
    }

    /// <summary>A tube of one radius along a polyline.</summary>
    public static Tissue Tube(byte? label, double value, double radiusMm, IReadOnlyList<Point3> path)
    {
        var reach = new Point3(radiusMm, radiusMm, radiusMm);
        return new Tissue(
            label, value, p => DistanceFrom(path, p.Position) - radiusMm, Corner(path, Math.Min) - reach, Corner(path, Math.Max) + reach);
    }

    private static double DistanceFrom(IReadOnlyList<Point3> path, Point3 p)
    {
        var nearest = double.MaxValue;
        for (var i = 1; i < path.Count; i++)
        {
            nearest = Math.Min(nearest, Shapes.Segment(p, path[i - 1], path[i]).Distance);
        }

        return nearest;
    }

    private static Point3 Corner(IReadOnlyList<Point3> path, Func<double, double, double> choose) =>
        path.Aggregate((a, b) => new Point3(choose(a.X, b.X), choose(a.Y, b.Y), choose(a.Z, b.Z)));
}
