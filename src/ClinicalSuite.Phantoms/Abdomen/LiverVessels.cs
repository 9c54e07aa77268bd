using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms.Trees;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>
/// Portal and hepatic veins of one liver, patient mm. The large vessels are laid first, along the usual anatomy (Couinaud:
/// portal branches in the middle of the segments, hepatic veins between them); the rest grows.
/// </summary>
internal sealed class LiverVessels
{
    private const double TerminalRadiusMm = 1.35;
    private const int PortalTerminals = 110;
    private const int HepaticTerminals = 105;

    private readonly Anatomy _anatomy;
    private readonly RandomSequence _random;

    private LiverVessels(Anatomy anatomy, RandomSequence random) => (_anatomy, _random) = (anatomy, random);

    /// <summary>Rooted at the confluence of splenic and superior mesenteric vein.</summary>
    public VesselTree Portal { get; } = new(TerminalRadiusMm);

    /// <summary>Three veins, each rooted in the inferior vena cava.</summary>
    public VesselTree Hepatic { get; } = new(TerminalRadiusMm);

    /// <summary>Splenic and superior mesenteric vein, which feed the trunk.</summary>
    public VesselTree Inflow { get; } = new(5);

    public static LiverVessels Grow(Anatomy anatomy, ulong seed, double clearanceMm, CancellationToken cancellation)
    {
        var vessels = new LiverVessels(anatomy, new RandomSequence(seed, Streams.PortalStems));
        var box = (anatomy.Liver.Low * anatomy.Scale, anatomy.Liver.High * anatomy.Scale);
        var growth = new TreeGrowth(
            vessels.Portal, vessels.Hepatic, anatomy.LiverDistance, box, clearanceMm, new RandomSequence(seed, Streams.Growth));
        vessels.LayPortalVein(growth);
        vessels.LayHepaticVeins(growth);
        growth.Grow(PortalTerminals, HepaticTerminals, cancellation);
        return vessels;
    }

    private void LayPortalVein(TreeGrowth growth)
    {
        Point3 confluence = Placed(4, 0, -47);
        Inflow.Add(-1, Curves.Through([confluence, Placed(6, -6, -75), Placed(5, -9, -130), Placed(5, -9, -400)], 2));
        Inflow.Add(-1, Curves.Through([confluence, Placed(26, 6, -35), Placed(54, 18, -12), Placed(78, 27, 4)], 2));
        var hilum = growth.AddStem(0, -1, [confluence, Placed(-9, 2, -38), Placed(-24, 1, -24), Inside(-37, -1, -10, 2)]);
        var right = growth.AddStem(0, hilum, [Inside(-46, 0, -5), Inside(-57, 2, -3)]);
        growth.AddStem(0, right, [Inside(-66, -8, 5), Inside(-73, -17, 22), Inside(-76, -20, 46)]);
        growth.AddStem(0, right, [Inside(-66, -16, -10), Inside(-74, -30, -22), Inside(-78, -38, -36)]);
        growth.AddStem(0, right, [Inside(-68, 14, -4), Inside(-78, 28, 4), Inside(-84, 36, 24)]);
        growth.AddStem(0, right, [Inside(-72, 16, -14), Inside(-86, 28, -26), Inside(-92, 32, -40)]);
        var left = growth.AddStem(0, hilum, [Inside(-26, -14, 4), Inside(-8, -28, 11), Inside(2, -42, 12)]);
        growth.AddStem(0, left, [Inside(14, -48, 10), Inside(32, -48, 10)]);
        growth.AddStem(0, left, [Inside(-8, -52, 14), Inside(-20, -54, 16)]);
    }

    private void LayHepaticVeins(TreeGrowth growth)
    {
        growth.AddStem(1, -1, [Placed(-22, 24, 58), Inside(-36, 24, 54), Inside(-62, 20, 42), Inside(-90, 10, 14), Inside(-100, 2, -22)]);
        growth.AddStem(1, -1, [Placed(-22, 22, 62), Inside(-26, 12, 60), Inside(-36, -8, 44), Inside(-47, -28, 18), Inside(-52, -42, -8)]);
        growth.AddStem(1, -1, [Placed(-21, 22, 64), Inside(-16, 10, 60), Inside(-2, -8, 50), Inside(22, -28, 38), Inside(42, -38, 28)]);
    }

    private Point3 Placed(double x, double y, double z) => (new Point3(x, y, z) + _random.Offset(1.5)) * _anatomy.Scale;

    /// <summary>A little beside its usual place, and drawn towards the middle of the liver until so deep inside.</summary>
    private Point3 Inside(double x, double y, double z, double depthMm = 8)
    {
        var point = (new Point3(x, y, z) + _random.Offset(3)) * _anatomy.Scale;
        var middle = new Point3(-55, 0, 12) * _anatomy.Scale;
        for (var step = 0; step < 20 && _anatomy.LiverDistance(point) > -depthMm; step++)
        {
            point += (middle - point) * 0.06;
        }

        return point;
    }
}
