using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Bright vessels inside an organ, cut at their own half height over a locally estimated background.</summary>
public static class OrganVessels
{
    private const double LatticeMm = 3;

    /// <param name="image">Intensities on an isotropic grid.</param>
    /// <param name="organ">1 inside the organ, its vessels included.</param>
    public static VesselEvidence Find(
        Volume<float> image, ReadOnlySpan<byte> organ, VesselSettings settings, int threads, CancellationToken cancellation)
    {
        var shape = GridShape.Of(image.Geometry);
        var spacing = SpacingMm.Of(image.Geometry);
        var contrast = new float[shape.Count];
        Smooth(image.Voxels, organ, shape, spacing, settings.SmoothingMm, threads, contrast);
        cancellation.ThrowIfCancellationRequested();

        var background = LocalBackground(image, organ, settings.BackgroundRadiusMm, threads);
        for (var i = 0; i < contrast.Length; i++)
        {
            contrast[i] -= background[i];
        }

        cancellation.ThrowIfCancellationRequested();
        var inside = OrderStatistics.Where(contrast, organ);
        var (median, sd) = OrderStatistics.MedianAndLowerSd(inside);
        for (var i = 0; i < contrast.Length; i++)
        {
            contrast[i] = organ[i] == 0 ? 0 : contrast[i] - median;
        }

        var clear = Array.FindAll(contrast, value => value > settings.PeakLimit * sd);
        if (clear.Length == 0)
        {
            return new VesselEvidence(new float[shape.Count], new byte[shape.Count], sd, 0, 0);
        }

        var plateau = OrderStatistics.Median(clear);
        var margin = background;
        LocalMaximum.InBall(contrast, shape, settings.HeightRadiusMm / spacing.Column, threads, margin);
        for (var i = 0; i < margin.Length; i++)
        {
            var height = Math.Min(margin[i], 1.2f * plateau);
            var cut = Math.Max(settings.NoiseLimit * sd, settings.HeightShare * height);
            margin[i] = organ[i] == 0 ? -sd : contrast[i] - (float)cut;
        }

        cancellation.ThrowIfCancellationRequested();
        var mask = new byte[shape.Count];
        var pieces = KeepPieces(margin, contrast, shape, image.Geometry.VoxelVolumeMm3, settings, sd, mask);
        return new VesselEvidence(margin, mask, sd, plateau, pieces);
    }

    // What lies outside the organ must not bleed in: normalised convolution, G(image * organ) / G(organ).
    private static void Smooth(
        ReadOnlySpan<float> image,
        ReadOnlySpan<byte> organ,
        GridShape shape,
        SpacingMm spacing,
        double sigmaMm,
        int threads,
        Span<float> destination)
    {
        var weight = new float[shape.Count];
        for (var i = 0; i < weight.Length; i++)
        {
            weight[i] = organ[i];
            destination[i] = organ[i] * image[i];
        }

        GaussianFilter.Smooth(weight, shape, spacing, sigmaMm, threads, weight);
        GaussianFilter.Smooth(destination, shape, spacing, sigmaMm, threads, destination);
        for (var i = 0; i < weight.Length; i++)
        {
            destination[i] = weight[i] > 1e-3f ? destination[i] / weight[i] : 0;
        }
    }

    private static float[] LocalBackground(Volume<float> image, ReadOnlySpan<byte> organ, double radiusMm, int threads)
    {
        var shape = GridShape.Of(image.Geometry);
        var spacing = SpacingMm.Of(image.Geometry);
        var smooth = new float[shape.Count];
        Smooth(image.Voxels, organ, shape, spacing, LatticeMm / 2, threads, smooth);
        var (low, high) = Grids.BoundingBox(image.Geometry);
        var lattice = Grids.Isotropic(low, high, LatticeMm);
        var latticeShape = GridShape.Of(lattice);
        var samples = new float[latticeShape.Count];
        Resampling.Linear(smooth, image.Geometry, lattice, 0, threads, samples);
        var inside = new byte[latticeShape.Count];
        Resampling.Nearest(organ, image.Geometry, lattice, threads, inside);
        var medians = new float[latticeShape.Count];
        LocalMedian.InBall(samples, inside, latticeShape, radiusMm / LatticeMm, threads, medians);
        NearestExtension.Extend(inside, latticeShape, medians);
        Resampling.Linear(medians, lattice, image.Geometry, 0, threads, smooth);
        return smooth;
    }

    private static int KeepPieces(
        ReadOnlySpan<float> margin,
        ReadOnlySpan<float> contrast,
        GridShape shape,
        double voxelMm3,
        VesselSettings settings,
        float sd,
        Span<byte> mask)
    {
        for (var i = 0; i < margin.Length; i++)
        {
            mask[i] = (byte)(margin[i] > 0 ? 1 : 0);
        }

        var labels = new int[shape.Count];
        var sizes = ConnectedComponents.Label(mask, shape, Connectivity.All26, labels);
        var peaks = new float[sizes.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            peaks[labels[i]] = Math.Max(peaks[labels[i]], contrast[i]);
        }

        var kept = 0;
        var keep = new bool[sizes.Length];
        for (var piece = 1; piece < sizes.Length; piece++)
        {
            keep[piece] = sizes[piece] * voxelMm3 > settings.SmallestPieceMm3 && peaks[piece] > settings.PeakLimit * sd;
            kept += keep[piece] ? 1 : 0;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            mask[i] = (byte)(keep[labels[i]] ? 1 : 0);
        }

        return kept;
    }
}
