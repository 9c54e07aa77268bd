using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>The neighbourhood of the liver on a fine isotropic grid, and the liver on it.</summary>
/// <param name="Liver">1 in the liver, holes of each slice filled.</param>
/// <param name="Inside">Smooth membership, 0 to 1; the surface is at 0.5.</param>
internal sealed record LiverCrop(WorkImage Work, byte[] Liver, Volume<float> Inside)
{
    private const double MarginMm = 20;

    // A finer grid than the scan adds nothing; finer than 0.8 mm only time and memory, and no vessel that noise leaves visible.
    private const double FinestMm = 0.8;
    private const double CoarsestMm = 1.0;

    public static LiverCrop Sample(Volume<float> image, LiverSearch.Found found, int threads)
    {
        var (low, high) = Box(found.Mask);
        var finest = Math.Max(SpacingMm.Of(image.Geometry).Column, SpacingMm.Of(image.Geometry).Slice);
        var work = WorkImage.Sample(image, low, high, Math.Clamp(finest, FinestMm, CoarsestMm), threads);

        var shape = GridShape.Of(found.Mask.Geometry);
        var soft = new float[shape.Count];
        for (var i = 0; i < soft.Length; i++)
        {
            soft[i] = found.Mask.Voxels[i];
        }

        if (found.Source is null)
        {
            // Our own liver lies on a coarse grid: its steps are smoothed away. A given one is kept as it is.
            GaussianFilter.Smooth(soft, shape, (0.75, 0.75, 0.75), threads, soft);
        }

        var inside = new Volume<float>(work.Geometry);
        Resampling.Linear(soft, found.Mask.Geometry, work.Geometry, 0, threads, inside.Voxels);
        var membership = inside.VoxelArray;
        var liver = work.FilledBySlice(work.Mask(i => membership[i] > 0.5f));
        return new LiverCrop(work, liver, inside);
    }

    private static (Point3 Low, Point3 High) Box(Volume<byte> mask)
    {
        var shape = GridShape.Of(mask.Geometry);
        var low = new Point3(double.MaxValue, double.MaxValue, double.MaxValue);
        var high = new Point3(double.MinValue, double.MinValue, double.MinValue);
        for (var i = 0; i < shape.Count; i++)
        {
            if (mask.Voxels[i] != 0)
            {
                var p = mask.Geometry.ToPatient(i % shape.Columns, i / shape.Columns % shape.Rows, i / shape.SliceSize);
                low = new Point3(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
                high = new Point3(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
            }
        }

        var margin = new Point3(MarginMm, MarginMm, MarginMm);
        var (sceneLow, sceneHigh) = Grids.BoundingBox(mask.Geometry);
        (low, high) = (low - margin, high + margin);
        return (
            new Point3(Math.Max(low.X, sceneLow.X), Math.Max(low.Y, sceneLow.Y), Math.Max(low.Z, sceneLow.Z)),
            new Point3(Math.Min(high.X, sceneHigh.X), Math.Min(high.Y, sceneHigh.Y), Math.Min(high.Z, sceneHigh.Z)));
    }
}
