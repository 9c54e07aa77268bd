using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Trees;

internal static class Curves
{
    /// <summary>The curve of Catmull and Rom (1974) through all points, both ends included, in steps of about <paramref name="stepMm"/>.</summary>
    public static Point3[] Through(IReadOnlyList<Point3> points, double stepMm)
    {
        var path = new List<Point3> { points[0] };
        for (var i = 1; i < points.Count; i++)
        {
            var (before, from, to, after) = (points[Math.Max(i - 2, 0)], points[i - 1], points[i], points[Math.Min(i + 1, points.Count - 1)]);
            var count = Math.Max(1, (int)Math.Ceiling((to - from).Length / stepMm));
            for (var k = 1; k <= count; k++)
            {
                path.Add(CatmullRom(before, from, to, after, (double)k / count));
            }
        }

        return [.. path];
    }

    public static Point3 Quadratic(Point3 start, Point3 control, Point3 end, double t) =>
        (start * ((1 - t) * (1 - t))) + (control * (2 * t * (1 - t))) + (end * (t * t));

    private static Point3 CatmullRom(Point3 before, Point3 from, Point3 to, Point3 after, double t)
    {
        var (tangent, next) = ((to - before) * 0.5, (after - from) * 0.5);
        var (t2, t3) = (t * t, t * t * t);
        return (from * ((2 * t3) - (3 * t2) + 1)) + (tangent * (t3 - (2 * t2) + t))
            + (to * ((3 * t2) - (2 * t3))) + (next * (t3 - t2));
    }
}
