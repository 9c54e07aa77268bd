using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>
/// The liver as a solid: two lobes, hollowed by stomach, hilum, gall bladder, right kidney, spine and inferior vena cava.
/// Template coordinates (LPS, mm, a body of median size); the lobes vary with the seed.
/// </summary>
internal sealed class LiverShape
{
    // Beyond this distance from the lobes the hollows change nothing that is asked for.
    private const double FarMm = 14;

    // What lies against the liver, and over how many mm the edge of its hollow is rounded.
    private static readonly (Ellipsoid Solid, double RoundingMm)[] Hollows =
    [
        (new(new(58, 12, -22), new(70, 62, 62)), 12), // stomach
        (new(new(-2, 22, -74), new(70, 70, 64)), 12), // hilum, duodenum, pancreas
        (new(new(-48, -48, -46), new(18, 18, 32)), 6), // gall bladder
        (new(new(-58, 42, -72), new(33, 30, 56)), 8), // right kidney
        (Ellipsoid.Column(0, 52, 38, 34), 10), // spine
        (Ellipsoid.Column(14, 20, 18, 18), 8), // aorta
        (Ellipsoid.Column(-21, 24, 13, 13), 3), // inferior vena cava
    ];

    private readonly Ellipsoid _right;
    private readonly Ellipsoid _left;
    private readonly Point3[] _waves = new Point3[5];
    private readonly double[] _phases = new double[5];

    public LiverShape(ulong seed)
    {
        var random = new RandomSequence(seed, Streams.Liver);
        _right = new Ellipsoid(new Point3(-62, 2, 0) + random.Offset(2), Varied(new Point3(68, 80, 82)));
        _left = new Ellipsoid(new Point3(4, -36, 24) + random.Offset(3), Varied(new Point3(78, 40, 42)));
        for (var i = 0; i < _waves.Length; i++)
        {
            _waves[i] = random.Offset(0.07);
            _phases[i] = random.Uniform(0, 2 * Math.PI);
        }

        Point3 Varied(Point3 axes) => new(
            axes.X * random.Uniform(0.96, 1.04), axes.Y * random.Uniform(0.96, 1.04), axes.Z * random.Uniform(0.96, 1.04));
    }

    public Point3 Low { get; } = new(-138, -100, -92);

    public Point3 High { get; } = new(92, 96, 92);

    /// <summary>Approximate signed distance, mm, negative inside; far outside only "far".</summary>
    /// <param name="depthMm">Depth of the point below the skin, from <see cref="BodyOutline"/>.</param>
    public double Distance(Point3 p, double depthMm)
    {
        var lobes = Shapes.Union(_right.Distance(p), _left.Distance(p), 20);
        if (lobes > FarMm)
        {
            return lobes;
        }

        var d = lobes;
        foreach (var (solid, rounding) in Hollows)
        {
            d = Shapes.Difference(d, solid.Distance(p), rounding);
        }

        for (var i = 0; i < _waves.Length; i++)
        {
            d += 0.7 * Math.Sin(p.Dot(_waves[i]) + _phases[i]);
        }

        return Shapes.Intersection(d, BodyOutline.CavityDepthMm + 3 - depthMm, 6);
    }
}
