using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>The CT on an isotropic grid along the patient's axes, as the steps of the analysis see it.</summary>
internal sealed class WorkImage
{
    private WorkImage(Volume<float> image, int threads) => (Image, Threads) = (image, threads);

    public Volume<float> Image { get; }

    public int Threads { get; }

    public float[] Hu => Image.VoxelArray;

    public VolumeGeometry Geometry => Image.Geometry;

    public GridShape Shape => GridShape.Of(Geometry);

    public SpacingMm Spacing => SpacingMm.Of(Geometry);

    public double VoxelMl => Geometry.VoxelVolumeMm3 / 1000;

    /// <summary>Air, for what lies outside the scan.</summary>
    public const float Outside = -1024;

    /// <summary>Smooths against aliasing, then samples the box between two points of the patient.</summary>
    public static WorkImage Sample(Volume<float> source, Point3 low, Point3 high, double spacingMm, int threads)
    {
        var grid = Grids.Isotropic(low, high, spacingMm);
        var smooth = new float[source.Geometry.VoxelCount];
        var sigma = Grids.AntiAliasSigma(source.Geometry, spacingMm);
        GaussianFilter.Smooth(source.Voxels, GridShape.Of(source.Geometry), sigma, threads, smooth);
        var image = new Volume<float>(grid);
        Resampling.Linear(smooth, source.Geometry, grid, Outside, threads, image.Voxels);
        return new WorkImage(image, threads);
    }

    public float[] Smooth(double sigmaMm)
    {
        var smooth = new float[Shape.Count];
        GaussianFilter.Smooth(Hu, Shape, Spacing, sigmaMm, Threads, smooth);
        return smooth;
    }

    public byte[] Mask(Func<int, bool> isInside)
    {
        var mask = new byte[Shape.Count];
        WorkSplit.Run(mask.Length, Threads, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                mask[i] = (byte)(isInside(i) ? 1 : 0);
            }
        });
        return mask;
    }

    public byte[] Dilated(byte[] mask, double radiusMm)
    {
        var result = new byte[mask.Length];
        Morphology.Dilate(mask, Shape, Spacing, radiusMm, Threads, result);
        return result;
    }

    public byte[] Eroded(byte[] mask, double radiusMm)
    {
        var result = new byte[mask.Length];
        Morphology.Erode(mask, Shape, Spacing, radiusMm, Threads, result);
        return result;
    }

    public byte[] Opened(byte[] mask, double radiusMm)
    {
        var result = new byte[mask.Length];
        Morphology.Open(mask, Shape, Spacing, radiusMm, Threads, result);
        return result;
    }

    public byte[] Closed(byte[] mask, double radiusMm)
    {
        var result = new byte[mask.Length];
        Morphology.Close(mask, Shape, Spacing, radiusMm, Threads, result);
        return result;
    }

    public byte[] LargestComponent(byte[] mask)
    {
        var result = new byte[mask.Length];
        ConnectedComponents.KeepLargest(mask, Shape, Connectivity.Faces6, result);
        return result;
    }

    public byte[] FilledBySlice(byte[] mask)
    {
        var result = new byte[mask.Length];
        Morphology.FillHolesBySlice(mask, Shape, result);
        return result;
    }

    public static int Count(byte[] mask)
    {
        var count = 0;
        foreach (var inside in mask)
        {
            count += inside;
        }

        return count;
    }
}
