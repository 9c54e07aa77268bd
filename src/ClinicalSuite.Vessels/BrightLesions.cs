using System.Runtime.InteropServices;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Takes lesions brighter than the parenchyma down to its level, so that they are not taken for vessels.</summary>
internal static class BrightLesions
{
    private const double BiasSigmaMm = 18;
    private const double SmoothingMm = 1.5;

    // A ball of this radius fits into no vessel inside the liver; what holds one is a lesion or a hump of the background.
    private const double ThickRadiusMm = 7.2;
    private const double GrowMm = 8.0;

    // Vessels are about as bright as each other; something thick that is nearly as bright is a trunk.
    private const double VesselShare = 0.7;
    private const double EdgeMm = 0.9;

    /// <summary>Changes <paramref name="image"/>.</summary>
    /// <returns>How many thick bright regions were levelled, ml.</returns>
    public static double Level(Volume<float> image, byte[] organ, OrganLattice lattice, int threads)
    {
        var (shape, spacing) = (GridShape.Of(image.Geometry), SpacingMm.Of(image.Geometry));
        var contrast = new float[shape.Count];
        OrganFilter.Smooth(image.Voxels, organ, shape, spacing, SmoothingMm, threads, contrast);
        SubtractWideBackground(contrast, organ, lattice, shape);
        var (median, sd) = OrderStatistics.MedianAndLowerSd(OrderStatistics.Where(contrast, organ));
        for (var i = 0; i < contrast.Length; i++)
        {
            contrast[i] = organ[i] == 0 ? 0 : contrast[i] - median;
        }

        var clear = Array.FindAll(contrast, value => value > 6 * sd);
        if (clear.Length == 0)
        {
            return 0;
        }

        var plateau = OrderStatistics.Median(clear);
        var thick = Thick(contrast, Math.Max(2 * sd, 0.3f * plateau), shape, spacing, threads);
        var vesselLevel = (float)VesselShare * LevelOfVessels(contrast, thick, 6 * sd, shape, spacing, threads);
        var offsets = Levels(contrast, thick, shape, spacing, vesselLevel, threads);
        if (offsets is null)
        {
            return 0;
        }

        var count = 0L;
        foreach (var offset in offsets)
        {
            count += offset > 0 ? 1 : 0;
        }

        GaussianFilter.Smooth(offsets, shape, spacing, EdgeMm, threads, offsets);
        for (var i = 0; i < offsets.Length; i++)
        {
            image.Voxels[i] -= offsets[i];
        }

        return count * image.Geometry.VoxelVolumeMm3 / 1000;
    }

    private static void SubtractWideBackground(float[] contrast, byte[] organ, OrganLattice lattice, GridShape shape)
    {
        var coarse = lattice.Down(contrast);
        var spacing = SpacingMm.Isotropic(OrganLattice.SpacingMm);
        var (median, sd) = OrderStatistics.MedianAndLowerSd(OrderStatistics.Where(coarse, lattice.Organ));
        var background = new float[coarse.Length];
        Array.Fill(background, median);
        var weight = new byte[coarse.Length];
        foreach (var limit in new[] { 2.5f, 2f, 2f })
        {
            var used = 0;
            for (var i = 0; i < weight.Length; i++)
            {
                weight[i] = (byte)(lattice.Organ[i] != 0 && Math.Abs(coarse[i] - background[i]) < limit * sd ? 1 : 0);
                used += weight[i];
            }

            if (used == 0)
            {
                break;
            }

            OrganFilter.Smooth(coarse, weight, lattice.Shape, spacing, BiasSigmaMm, 1, background);
        }

        var fine = new float[shape.Count];
        lattice.Up(background, fine);
        for (var i = 0; i < contrast.Length; i++)
        {
            contrast[i] = organ[i] == 0 ? 0 : contrast[i] - fine[i];
        }
    }

    private static byte[] Thick(float[] contrast, float limit, GridShape shape, SpacingMm spacing, int threads)
    {
        var bright = new byte[contrast.Length];
        for (var i = 0; i < bright.Length; i++)
        {
            bright[i] = (byte)(contrast[i] > limit ? 1 : 0);
        }

        Morphology.Erode(bright, shape, spacing, ThickRadiusMm, threads, bright);
        return bright;
    }

    /// <summary>How bright vessels are away from all that is thick: a lesion must not set the level it is measured by.</summary>
    private static float LevelOfVessels(
        float[] contrast, byte[] thick, float limit, GridShape shape, SpacingMm spacing, int threads)
    {
        var near = new byte[thick.Length];
        Morphology.Dilate(thick, shape, spacing, GrowMm, threads, near);
        var apart = new List<float>();
        for (var i = 0; i < contrast.Length; i++)
        {
            if (contrast[i] > limit && near[i] == 0)
            {
                apart.Add(contrast[i]);
            }
        }

        return apart.Count == 0 ? 0 : OrderStatistics.Quantile(CollectionsMarshal.AsSpan(apart), 0.9);
    }

    /// <returns>What to subtract per voxel; null when nothing is to be.</returns>
    private static float[]? Levels(
        float[] contrast, byte[] thick, GridShape shape, SpacingMm spacing, float vesselLevel, int threads)
    {
        var labels = new int[thick.Length];
        var sizes = ConnectedComponents.Label(thick, shape, Connectivity.All26, labels);
        if (sizes.Length == 1)
        {
            return null;
        }

        var levels = MedianLevels(contrast, labels, sizes);
        var regions = new GridRegion?[sizes.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != 0)
            {
                regions[labels[i]] = GridRegion.Around(regions[labels[i]], i, shape);
            }
        }

        float[]? offsets = null;
        for (var n = 1; n < sizes.Length; n++)
        {
            if (levels[n] <= vesselLevel)
            {
                offsets ??= new float[thick.Length];
                var region = regions[n]!.Value.Grown((int)Math.Ceiling(GrowMm / spacing.Column), shape);
                Offset(contrast, labels, n, levels[n], region, shape, spacing, threads, offsets);
            }
        }

        return offsets;
    }

    private static void Offset(
        float[] contrast,
        int[] labels,
        int number,
        float level,
        GridRegion region,
        GridShape shape,
        SpacingMm spacing,
        int threads,
        float[] offsets)
    {
        var seed = new byte[region.Shape.Count];
        var distance = new float[seed.Length];
        region.ForEachRow(shape, (from, to, length) =>
        {
            for (var k = 0; k < length; k++)
            {
                seed[to + k] = (byte)(labels[from + k] == number ? 1 : 0);
            }
        });
        DistanceTransform.SquaredWithin(seed, region.Shape, spacing, GrowMm, threads, distance);
        region.ForEachRow(shape, (from, to, length) =>
        {
            for (var k = 0; k < length; k++)
            {
                if (distance[to + k] <= GrowMm * GrowMm && contrast[from + k] > 0.4f * level)
                {
                    offsets[from + k] = Math.Max(offsets[from + k], level);
                }
            }
        });
    }

    private static float[] MedianLevels(float[] contrast, int[] labels, int[] sizes)
    {
        var values = new float[sizes.Length][];
        var filled = new int[sizes.Length];
        for (var n = 1; n < sizes.Length; n++)
        {
            values[n] = new float[sizes[n]];
        }

        for (var i = 0; i < labels.Length; i++)
        {
            var n = labels[i];
            if (n != 0)
            {
                values[n][filled[n]++] = contrast[i];
            }
        }

        var levels = new float[sizes.Length];
        for (var n = 1; n < sizes.Length; n++)
        {
            levels[n] = OrderStatistics.Median(values[n]);
        }

        return levels;
    }
}
