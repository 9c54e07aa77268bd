using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Bright vessels inside an organ: cut at their own half height over a local background, thin ones helped by vesselness.</summary>
public static class OrganVessels
{
    private const float TallestShareOfPlateau = 1.2f;

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

        var plateau = OrderStatistics.Median(clear);
        var denseMl = DenseMaterial.Clear(contrast, plateau, image.Geometry, threads);
        var height = new float[shape.Count];
        LocalMaximum.InBall(contrast, shape, settings.HeightRadiusMm / spacing.Column, threads, height);
        for (var i = 0; i < height.Length; i++)
        {
            height[i] = (float)settings.HeightShare * Math.Min(height[i], TallestShareOfPlateau * plateau);
        }

        cancellation.ThrowIfCancellationRequested();
        var mask = new byte[shape.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)(organ[i] != 0 && contrast[i] > Math.Max(settings.NoiseLimit * sd, height[i]) ? 1 : 0);
        }

        VesselPieces.Keep(mask, contrast, shape, image.Geometry.VoxelVolumeMm3, settings.SmallestPieceMm3, (float)settings.PeakLimit * sd);
        var thick = Count(mask);
        cancellation.ThrowIfCancellationRequested();
        var tubes = ThinBranches.Find(contrast, organ, mask, height, sd, image.Geometry, settings, threads);
        cancellation.ThrowIfCancellationRequested();
        var pieces = VesselPieces.Join(mask, tubes, contrast, shape, image.Geometry.VoxelVolumeMm3, settings, sd);
        var margin = height;
        for (var i = 0; i < margin.Length; i++)
        {
            var limit = (tubes[i] != 0 ? settings.TubeNoiseLimit : settings.NoiseLimit) * sd;
            margin[i] = organ[i] == 0 ? -sd : contrast[i] - Math.Max((float)limit, height[i]);
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
