using System.Runtime.InteropServices;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Bright vessels inside an organ: cut where their wall lies over a local background, thin ones helped by vesselness.</summary>
public static class OrganVessels
{
    // A voxel within this of the largest value around it lies on the axis of its vessel.
    private const float AxisShare = 0.9f;

    // Thin vessels never reach the contrast of blood and noise lifts some axes above it: between the two lies this quantile.
    private const double PlateauQuantile = 0.75;

    /// <param name="image">Intensities on an isotropic grid; changed where bright lesions are levelled.</param>
    /// <param name="organ">1 inside the organ, its vessels included.</param>
    /// <exception cref="ArgumentException">An organ without voxels.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VesselEvidence Find(
        Volume<float> image, byte[] organ, VesselSettings settings, int threads, CancellationToken cancellation)
    {
        var (shape, spacing) = (GridShape.Of(image.Geometry), SpacingMm.Of(image.Geometry));
        var lattice = new OrganLattice(image.Geometry, organ, threads);
        var levelledMl = BrightLesions.Level(image, organ, lattice, threads);
        cancellation.ThrowIfCancellationRequested();

        var (contrast, sd) = Contrast(image, organ, lattice, settings, threads);
        cancellation.ThrowIfCancellationRequested();
        var clear = Array.FindAll(contrast, value => value > settings.PeakLimit * sd);
        if (clear.Length == 0)
        {
            return new VesselEvidence(new float[shape.Count], new byte[shape.Count], sd, 0, 0, 0, levelledMl, 0);
        }

        var denseMl = DenseMaterial.Clear(contrast, OrderStatistics.Median(clear), image.Geometry, threads);
        var (cut, plateau) = Cut(contrast, (float)settings.PeakLimit * sd, image.Geometry, settings, threads);

        cancellation.ThrowIfCancellationRequested();
        var mask = new byte[shape.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)(organ[i] != 0 && contrast[i] > Math.Max(settings.NoiseLimit * sd, cut[i]) ? 1 : 0);
        }

        VesselPieces.Keep(mask, contrast, shape, image.Geometry.VoxelVolumeMm3, settings.SmallestPieceMm3, (float)settings.PeakLimit * sd);
        var thick = Count(mask);
        cancellation.ThrowIfCancellationRequested();
        var tubes = ThinBranches.Find(contrast, organ, mask, cut, sd, image.Geometry, settings, threads);
        cancellation.ThrowIfCancellationRequested();
        var pieces = VesselPieces.Join(mask, tubes, contrast, shape, image.Geometry.VoxelVolumeMm3, settings, sd);
        var margin = cut;
        for (var i = 0; i < margin.Length; i++)
        {
            var limit = (tubes[i] != 0 ? settings.TubeNoiseLimit : settings.NoiseLimit) * sd;
            margin[i] = organ[i] == 0 ? -sd : contrast[i] - Math.Max((float)limit, cut[i]);
        }

        var total = Count(mask);
        return new VesselEvidence(margin, mask, sd, plateau, pieces, total == 0 ? 0 : (total - thick) / (double)total, levelledMl, denseMl);
    }

    /// <summary>The image above its local background, 0 outside the organ, and the noise of the parenchyma.</summary>
    private static (float[] Contrast, float Sd) Contrast(
        Volume<float> image, byte[] organ, OrganLattice lattice, VesselSettings settings, int threads)
    {
        var (shape, spacing) = (GridShape.Of(image.Geometry), SpacingMm.Of(image.Geometry));
        var background = new float[shape.Count];
        OrganFilter.Smooth(image.Voxels, organ, shape, spacing, OrganLattice.SpacingMm / 2, threads, background);
        var coarse = lattice.Down(background);
        var medians = new float[coarse.Length];
        LocalMedian.InBall(
            coarse, lattice.Organ, lattice.Shape, settings.BackgroundRadiusMm / OrganLattice.SpacingMm, threads, medians);
        lattice.Up(medians, background);

        var contrast = new float[shape.Count];
        OrganFilter.Smooth(image.Voxels, organ, shape, spacing, settings.SmoothingMm, threads, contrast);
        for (var i = 0; i < contrast.Length; i++)
        {
            contrast[i] -= background[i];
        }

        var (median, sd) = OrderStatistics.MedianAndLowerSd(OrderStatistics.Where(contrast, organ));
        for (var i = 0; i < contrast.Length; i++)
        {
            contrast[i] = organ[i] == 0 ? 0 : contrast[i] - median;
        }

        return (contrast, sd);
    }

    /// <summary>The level at which a vessel ends, per voxel, from its height on its axis; and the contrast of blood.</summary>
    private static (float[] Cut, float Plateau) Cut(
        float[] contrast, float clear, VolumeGeometry grid, VesselSettings settings, int threads)
    {
        var height = new float[contrast.Length];
        LocalMaximum.InBall(contrast, GridShape.Of(grid), settings.HeightRadiusMm / grid.ColumnSpacingMm, threads, height);
        var onAxis = new List<float>();
        for (var i = 0; i < height.Length; i++)
        {
            if (contrast[i] > clear && contrast[i] > AxisShare * height[i])
            {
                onAxis.Add(contrast[i]);
            }
        }

        // Dense material may have covered all that was clear.
        var plateau = onAxis.Count == 0 ? clear : OrderStatistics.Quantile(CollectionsMarshal.AsSpan(onAxis), PlateauQuantile);
        for (var i = 0; i < height.Length; i++)
        {
            height[i] *= VesselWall.LevelOverHeight(height[i] / plateau);
        }

        return (height, plateau);
    }

    private static int Count(byte[] mask)
    {
        var count = 0;
        foreach (var inside in mask)
        {
            count += inside;
        }

        return count;
    }
}
