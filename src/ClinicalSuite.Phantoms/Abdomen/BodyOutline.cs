using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>The skin of the trunk (a superellipse that widens to the hips), the layers of its wall, and the ribs in it. Template mm.</summary>
internal static class BodyOutline
{
    /// <summary>Depth at which the wall ends and the cavity of chest and abdomen begins.</summary>
    public const double CavityDepthMm = 27;

    private const double HalfWidthMm = 150;
    private const double HalfThicknessMm = 105;
    private const double SkinMm = 2;
    private const double RibDepthMm = 20.5;
    private const double RibRadiusMm = 4.6;
    private const double RibDistanceMm = 24;
    private const double LowestRibMm = -78;

    // From the spine to the front a rib sinks by this much.
    private const double RibSlopeMm = 62;

    /// <summary>Depth below the skin, mm (negative outside), of a point of the plane z = 0, measured towards the axis of the body.</summary>
    public static double PlaneDepth(double x, double y)
    {
        var (u, v) = (Math.Abs(x) / HalfWidthMm, Math.Abs(y) / HalfThicknessMm);
        var k = Math.Pow((u * u * Math.Sqrt(u)) + (v * v * Math.Sqrt(v)), 0.4);
        var radius = Math.Sqrt((x * x) + (y * y));
        return k < 1e-6 ? HalfThicknessMm : radius * ((1 / k) - 1);
    }

    /// <summary>By how much the body is wider at height z than at z = 0.</summary>
    public static double Widening(double z)
    {
        var t = Math.Clamp((-40 - z) / 90, 0, 1);
        return 5 * t * t * (3 - (2 * t));
    }

    public static double Depth(Point3 p) => PlaneDepth(p.X, p.Y) + Widening(p.Z);

    /// <summary>CT number of skin, fat and muscle at a depth within the wall; visceral fat below it.</summary>
    /// <param name="angle">Around the body axis from the front, radian.</param>
    public static double WallValue(double depthMm, double angle, TissueValues values)
    {
        var muscle = 14 + (3 * Math.Cos(2 * angle));
        return depthMm < SkinMm ? values.Skin
            : depthMm < muscle ? values.Fat
            : depthMm < CavityDepthMm ? values.Muscle
            : values.VisceralFat;
    }

    /// <summary>Signed distance from the nearest rib, mm.</summary>
    /// <param name="angle">Around the body axis from the back (0) to the front (pi) on either side, radian.</param>
    public static double RibDistance(double depthMm, double angle, double z)
    {
        var along = angle / Math.PI;
        var position = (z - LowestRibMm + (RibSlopeMm * along)) / RibDistanceMm;
        var rib = Math.Max(0, Math.Round(position));
        var end = rib switch { 0 => 0.35, 1 => 0.5, _ => 0.8 };
        var (inward, upward) = (depthMm - RibDepthMm, (position - rib) * RibDistanceMm * 0.9);
        var beyond = Math.Max(0, Math.Max(0.14 - along, along - end)) * 300;
        return Math.Sqrt((inward * inward) + (upward * upward * 0.6) + (beyond * beyond)) - RibRadiusMm;
    }
}
