using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms.Trees;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>Places lesions in the liver, clear of the larger vessels and of each other.</summary>
internal static class Lesions
{
    private const int Tries = 4000;

    // Only smaller vessels run through a lesion.
    private const double LargeVesselMm = 2.2;

    public static IReadOnlyList<Lesion> Place(CtLiverLook look, Anatomy anatomy, LiverVessels vessels, ulong seed)
    {
        var random = new RandomSequence(seed, Streams.Lesions);
        var placed = new List<Lesion>();
        for (var i = 0; i < look.BrightLesions; i++)
        {
            Add(() => new Lesion(Somewhere(), random.Uniform(11, 15), random.Uniform(30, 50), 0, true));
        }

        for (var i = 0; i < look.DarkLesions; i++)
        {
            Add(() => new Lesion(Somewhere(), random.Uniform(6, 18), random.Uniform(-50, -25), random.Uniform(15, 35), true));
        }

        for (var i = 0; i < look.Nodules; i++)
        {
            var sign = i % 3 == 2 ? -1 : 1;
            Add(() => new Lesion(Somewhere(), random.Uniform(3, 8), sign * random.Uniform(5, 10), 0, false));
        }

        return placed;

        Point3 Somewhere()
        {
            var (low, high) = (anatomy.Liver.Low * anatomy.Scale, anatomy.Liver.High * anatomy.Scale);
            return new Point3(random.Uniform(low.X, high.X), random.Uniform(low.Y, high.Y), random.Uniform(low.Z, high.Z));
        }

        void Add(Func<Lesion> draw)
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var lesion = draw();
                if (Fits(lesion, anatomy, vessels, placed))
                {
                    placed.Add(lesion);
                    return;
                }
            }
        }
    }

    private static bool Fits(Lesion lesion, Anatomy anatomy, LiverVessels vessels, List<Lesion> placed)
    {
        var reach = lesion.RadiusMm + (lesion.RimHu > 0 ? Lesion.RimMm : 0);
        return anatomy.LiverDistance(lesion.Centre) < -reach
            && placed.TrueForAll(other => (other.Centre - lesion.Centre).Length > other.RadiusMm + reach + Lesion.RimMm)
            && (!lesion.Labelled || (IsClearOf(vessels.Portal, lesion, reach) && IsClearOf(vessels.Hepatic, lesion, reach)));
    }

    private static bool IsClearOf(VesselTree tree, Lesion lesion, double reach)
    {
        for (var node = 0; node < tree.Nodes.Count; node++)
        {
            var radius = tree.RadiusMm(node);
            if (radius > LargeVesselMm && tree.AxisDistance(node, lesion.Centre) < reach + radius)
            {
                return false;
            }
        }

        return true;
    }
}
