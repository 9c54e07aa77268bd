using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>
/// Regions darker than the liver, split at their necks: muscle, gall bladder, stomach, and the lesions of the liver, which are
/// told by how much liver surrounds them.
/// </summary>
internal static class LowBlobs
{
    // Water and bile; a region that dark must be almost wholly surrounded before it counts as a lesion.
    private const float FluidHu = 25;

    // A neck narrower than 82 % of the smaller side splits: ln 0.82 = -0.2.
    private const float NeckDynamics = 0.2f;

    // The blurred edge between the liver and fat passes through these values too: a shell thinner than this is no region.
    private const double RimMm = 4;
    private const double RingInnerMm = 3;
    private const double RingOuterMm = 8;
    private const double GrowMm = 4;
    private const double HullMm = 25;

    /// <returns>Per voxel <see cref="LiverMarkers.Liver"/> in lesions of the liver, <see cref="LiverMarkers.Other"/> in other blobs, else 0.</returns>
    public static byte[] Find(
        WorkImage work, float[] smooth, LiverMode mode, TissueLevels levels, BodyAndLungs anatomy, LiverCore core, SearchBox box,
        CancellationToken cancellation)
    {
        var upper = (float)(mode.CentreHu - (4 * mode.WidthHu));
        var low = work.Mask(i => anatomy.Body[i] != 0 && smooth[i] > levels.FatLimitHu && smooth[i] < upper);
        var blobs = SplitAtNecks(work, work.Opened(low, RimMm));
        cancellation.ThrowIfCancellationRequested();

        var rightLung = work.Mask(i => anatomy.Lungs[i] != 0 && i % work.Shape.Columns < box.MidColumn);
        var hull = work.Closed(core.Guess, HullMm);
        var domeHull = work.Closed(work.Mask(i => core.Guess[i] != 0 || rightLung[i] != 0), HullMm);
        var scene = new LesionScene(
            work.Shape, work.Spacing, smooth, core.Guess, hull, domeHull, work.Dilated(anatomy.Lungs, 6), mode);
        cancellation.ThrowIfCancellationRequested();

        var isLesion = new bool[blobs.Max() + 1];
        foreach (var (number, region) in Candidates(blobs, isLesion.Length, scene))
        {
            cancellation.ThrowIfCancellationRequested();
            isLesion[number] = IsLesion(scene.Look(blobs, number, region));
        }

        var marks = new byte[blobs.Length];
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = blobs[i] == 0 ? (byte)0 : isLesion[blobs[i]] ? LiverMarkers.Liver : LiverMarkers.Other;
        }

        return marks;
    }

    private static bool IsLesion(LesionEvidence seen)
    {
        var isFluid = seen.MedianHu < FluidHu;
        var isInside = seen.HullShare >= 0.65 && seen.LiverRingShare >= (isFluid ? 0.7 : 0.3);
        var bulgesIntoLung = seen.DomeHullShare >= 0.8 && seen.LiverRingShare >= 0.5 && !isFluid;
        return isInside || bulgesIntoLung;
    }

    private static int[] SplitAtNecks(WorkImage work, byte[] low)
    {
        var rest = work.Mask(i => low[i] == 0);
        var depth = new float[low.Length];
        DistanceTransform.Squared(rest, work.Shape, work.Spacing, work.Threads, depth);
        for (var i = 0; i < depth.Length; i++)
        {
            depth[i] = low[i] == 0 ? 0 : MathF.Log(1 + MathF.Sqrt(depth[i]));
        }

        var blobs = new int[low.Length];
        Watershed.SplitByPeaks(depth, low, work.Shape, NeckDynamics, blobs);
        return blobs;
    }

    /// <summary>Blobs that lie mostly in the hull of the liver and are big enough to matter, with their bounding boxes.</summary>
    private static IEnumerable<(int Number, GridRegion Region)> Candidates(int[] blobs, int count, LesionScene scene)
    {
        var (sizes, inside) = (new int[count], new int[count]);
        var regions = new GridRegion?[count];
        for (var i = 0; i < blobs.Length; i++)
        {
            var n = blobs[i];
            if (n != 0)
            {
                sizes[n]++;
                inside[n] += scene.Hull[i] | scene.DomeHull[i];
                regions[n] = GridRegion.Around(regions[n], i, scene.Shape);
            }
        }

        var marginVoxels = (int)Math.Ceiling((GrowMm + RingOuterMm) / scene.Spacing.Column) + 1;
        for (var n = 1; n < count; n++)
        {
            if (sizes[n] > 0 && inside[n] > 0.5 * sizes[n])
            {
                yield return (n, regions[n]!.Value.Grown(marginVoxels, scene.Shape));
            }
        }
    }

    /// <param name="LiverRingShare">Share of a ring around the blob that is liver.</param>
    /// <param name="HullShare">Share of the blob inside the closed liver.</param>
    /// <param name="DomeHullShare">Share of the blob inside the closed union of liver and right lung.</param>
    private sealed record LesionEvidence(double LiverRingShare, double HullShare, double DomeHullShare, float MedianHu);

    private sealed record LesionScene(
        GridShape Shape, SpacingMm Spacing, float[] Smooth, byte[] Guess, byte[] Hull, byte[] DomeHull, byte[] NearLung, LiverMode Mode)
    {
        private readonly float _growBelowHu = (float)(Mode.CentreHu - (3 * Mode.WidthHu));
        private readonly float _brightHu = (float)(Mode.CentreHu + (4 * Mode.WidthHu));

        public LesionEvidence Look(int[] blobs, int number, GridRegion region)
        {
            var shape = region.Shape;
            var (blob, distance) = (new byte[shape.Count], new float[shape.Count]);
            region.ForEachRow(Shape, (from, to, length) =>
            {
                for (var k = 0; k < length; k++)
                {
                    blob[to + k] = (byte)(blobs[from + k] == number ? 1 : 0);
                }
            });
            DistanceTransform.SquaredWithin(blob, shape, Spacing, GrowMm, 1, distance);
            region.ForEachRow(Shape, (from, to, length) =>
            {
                for (var k = 0; k < length; k++)
                {
                    var grows = distance[to + k] <= GrowMm * GrowMm && Smooth[from + k] < _growBelowHu;
                    blob[to + k] = (byte)(blob[to + k] != 0 || grows ? 1 : 0);
                }
            });
            DistanceTransform.SquaredWithin(blob, shape, Spacing, RingOuterMm, 1, distance);
            return Weigh(blobs, number, region, blob, distance);
        }

        // Another dark region, or something bright (a vessel, lipiodol), inside the hull says neither liver nor not: lesions
        // fall into pieces, and one piece must not speak against the next.
        private bool IsUndecided(int[] blobs, int number, int i) =>
            (Hull[i] | DomeHull[i]) != 0 && ((blobs[i] != 0 && blobs[i] != number) || Smooth[i] > _brightHu);

        private LesionEvidence Weigh(int[] blobs, int number, GridRegion region, byte[] blob, float[] distance)
        {
            int ring = 0, liver = 0, hull = 0, dome = 0;
            var values = new List<float>();
            region.ForEachRow(Shape, (from, to, length) =>
            {
                for (var k = 0; k < length; k++)
                {
                    var i = from + k;
                    if (blob[to + k] != 0)
                    {
                        hull += Hull[i];
                        dome += DomeHull[i];
                        values.Add(Smooth[i]);
                    }
                    else if (distance[to + k] is > (float)(RingInnerMm * RingInnerMm) and <= (float)(RingOuterMm * RingOuterMm)
                        && NearLung[i] == 0 && !IsUndecided(blobs, number, i))
                    {
                        ring++;
                        liver += Guess[i];
                    }
                }
            });
            var median = OrderStatistics.Median(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
            return new LesionEvidence(
                ring == 0 ? 0 : liver / (double)ring, hull / (double)values.Count, dome / (double)values.Count, median);
        }
    }
}
