using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>
/// A trunk from the pelvis to the heart, supine: what lies where. Template coordinates (LPS, mm; z = 0 in the middle of the
/// liver); <see cref="Scale"/> makes them patient coordinates.
/// </summary>
internal sealed class Anatomy
{
    public static readonly Point3[] CavaPath = [new(-19, 22, -400), new(-20, 22, -40), new(-22, 25, 20), new(-21, 22, 64), new(-12, 8, 94)];
    public const double CavaRadiusMm = 10.5;

    private const double VertebraMm = 34;

    private static readonly Ellipsoid LeftDome = new(new(62, 6, -6), new(66, 82, 76));
    private static readonly Ellipsoid Mediastinum = Ellipsoid.Column(0, 30, 34, 52);
    private static readonly Ellipsoid Pericardium = new(new(16, -26, 100), new(56, 46, 44));
    private static readonly Ellipsoid VertebralBody = Ellipsoid.Column(0, 52, 22, 17);
    private static readonly Ellipsoid VertebralArch = Ellipsoid.Column(0, 77, 14, 13);
    private static readonly Ellipsoid TransverseProcesses = new(new(0, 74, 0), new(38, 6, 7));
    private static readonly Ellipsoid SpinousProcess = new(new(0, 88, -4), new(4.5, 13, 11));
    private static readonly Point3[] AortaPath = [new(14, 24, -400), new(13, 24, 0), new(10, 28, 400)];
    private readonly ulong _seed;

    public Anatomy(ulong seed)
    {
        _seed = seed;
        Scale = new RandomSequence(seed, Streams.Body).Uniform(0.96, 1.04);
        Liver = new LiverShape(seed);
    }

    public static double CavityEdge(BodyPoint p, double insetMm) => BodyOutline.CavityDepthMm + insetMm - p.DepthMm;

    public double Scale { get; }

    public LiverShape Liver { get; }

    /// <summary>Signed distance of a point of the patient from the surface of the liver, mm.</summary>
    public double LiverDistance(Point3 patient)
    {
        var p = patient * (1 / Scale);
        return Liver.Distance(p, BodyOutline.Depth(p)) * Scale;
    }

    /// <param name="p">Template mm.</param>
    public BodyPoint At(Point3 p, double depthMm)
    {
        var liver = Liver.Distance(p, depthMm);

        // Two domes: a hull around the liver, and one over stomach and spleen.
        return new BodyPoint(p, depthMm, liver, Shapes.Union(liver - 2.5, LeftDome.Distance(p), 10));
    }

    /// <summary>Everything inside the wall of the body but vessels in the liver and lesions, in the order of painting.</summary>
    public IEnumerable<Tissue> Tissues(TissueValues values) =>
        [.. Chest(values), .. Gut(values), .. Bones(values), .. Organs(values), .. GreatVessels(values)];

    private static IEnumerable<Tissue> Chest(TissueValues values)
    {
        yield return new Tissue(null, values.Muscle, p => p.DiaphragmMm, new(-140, -100, -60), new(140, 100, 110));
        yield return new Tissue(null, values.VisceralFat, p => p.DiaphragmMm + 2.5, new(-140, -100, -60), new(140, 100, 110));
        yield return new Tissue(CtLiverLabel.Lung, values.Lung, LungDistance, new(-140, -100, -60), new(140, 100, 400));
        yield return Tissue.Ellipsoid(null, values.Heart, new(16, -26, 100), new(52, 42, 40));
    }

    private static double LungDistance(BodyPoint p)
    {
        var recess = -8 - (0.25 * p.Position.Y) - p.Position.Z;
        var mediastinum = Math.Min(Mediastinum.Distance(p.Position), Pericardium.Distance(p.Position));
        return Math.Max(Math.Max(CavityEdge(p, 1), recess), Math.Max(-p.DiaphragmMm, -mediastinum));
    }

    private IEnumerable<Tissue> Gut(TissueValues values)
    {
        var random = new RandomSequence(_seed, Streams.Bowel);
        for (var loop = 0; loop < 14; loop++)
        {
            var start = new Point3(random.Uniform(-85, 85), random.Uniform(-58, 0), random.Uniform(-150, -62));
            var path = new Point3[5];
            var heading = random.Offset(1).Normalized();
            path[0] = start;
            for (var i = 1; i < path.Length; i++)
            {
                heading = (heading + random.Offset(0.7)).Normalized();
                path[i] = path[i - 1] + (heading * 16);
            }

            var radius = random.Uniform(9, 14);
            yield return InCavity(Tissue.Tube(CtLiverLabel.None, values.Wall, radius, path));
            if (loop % 2 == 0)
            {
                yield return InCavity(Tissue.Tube(null, values.Gas, radius * 0.6, path));
            }
        }

        yield return InCavity(Tissue.Ellipsoid(CtLiverLabel.None, values.Wall, new(50, -22, 8), new(46, 40, 42)));
        yield return InCavity(Tissue.Ellipsoid(null, values.StomachFluid, new(50, -22, 8), new(42, 36, 38)));
        var gas = Tissue.Ellipsoid(null, values.Gas, new(50, -22, 8), new(41, 35, 37));
        yield return InCavity(gas with { Distance = p => Math.Max(gas.Distance(p), p.Position.Y + 36) });
    }

    private static Tissue InCavity(Tissue tissue) =>
        tissue with { Distance = p => Math.Max(tissue.Distance(p), CavityEdge(p, 4)) };

    private static IEnumerable<Tissue> Bones(TissueValues values)
    {
        yield return Tissue.Ellipsoid(null, values.Muscle, new(-34, 76, 0), new(26, 17, 900));
        yield return Tissue.Ellipsoid(null, values.Muscle, new(34, 76, 0), new(26, 17, 900));
        yield return Tissue.Ellipsoid(null, values.Muscle, new(-36, 52, -150), new(16, 18, 100));
        yield return Tissue.Ellipsoid(null, values.Muscle, new(36, 52, -150), new(16, 18, 100));
        yield return Tissue.Column(null, values.Disc, 0, 52, 22, 17);
        yield return new Tissue(CtLiverLabel.Bone, values.BoneShell, Vertebra, new(-40, 34, -400), new(40, 102, 400));
        yield return new Tissue(null, values.Marrow, p => Vertebra(p) + 2.2, new(-40, 34, -400), new(40, 102, 400));
        yield return Tissue.Column(CtLiverLabel.None, values.Cord, 0, 77, 9, 8);
    }

    private static double Vertebra(BodyPoint point)
    {
        var p = point.Position;
        var level = p.Z - (Math.Round(p.Z / VertebraMm) * VertebraMm);
        var body = Math.Max(VertebralBody.Distance(p), Math.Abs(level) - ((VertebraMm / 2) - 4));
        var arch = Math.Max(VertebralArch.Distance(p), Math.Abs(level) - 9);
        var transverse = Math.Max(TransverseProcesses.Distance(p with { Z = level }), Math.Abs(level) - 6);
        var spinous = SpinousProcess.Distance(p with { Z = level });
        return Math.Max(Math.Min(Math.Min(body, arch), Math.Min(transverse, spinous)), 10 - point.DepthMm);
    }

    private IEnumerable<Tissue> Organs(TissueValues values)
    {
        foreach (var side in (double[])[-1, 1])
        {
            var centre = new Point3(side * 58, 42, side < 0 ? -74 : -62);
            yield return Tissue.Ellipsoid(CtLiverLabel.Kidney, values.KidneyCortex, centre, new(27, 24, 50));
            yield return Tissue.Ellipsoid(null, values.KidneyMedulla, centre, new(19, 16, 40));
            yield return Tissue.Ellipsoid(CtLiverLabel.None, values.VisceralFat, centre - new Point3(side * 14, 0, 0), new(18, 8, 22));
        }

        yield return InCavity(Tissue.Tube(CtLiverLabel.None, values.Pancreas, 9, [new(-14, -4, -58), new(8, -6, -48), new(34, 2, -34), new(66, 16, -14)]));
        yield return InCavity(Tissue.Ellipsoid(CtLiverLabel.Spleen, values.Spleen, new(88, 32, 18), new(24, 40, 50)));
        yield return new Tissue(CtLiverLabel.Liver, values.Liver, p => p.LiverMm, Liver.Low, Liver.High);
        yield return Tissue.Ellipsoid(CtLiverLabel.None, values.Bile, new(-48, -48, -46), new(15, 15, 29));
    }

    private static IEnumerable<Tissue> GreatVessels(TissueValues values)
    {
        yield return Tissue.Tube(CtLiverLabel.Aorta, values.Aorta, 10, AortaPath);
        yield return Tissue.Tube(CtLiverLabel.Cava, values.Cava, CavaRadiusMm, CavaPath);
    }
}
