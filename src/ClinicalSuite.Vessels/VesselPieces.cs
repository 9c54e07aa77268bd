using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Connected pieces of a vessel mask, kept by size and by how clearly they stand out.</summary>
internal static class VesselPieces
{
    /// <summary>Clears the pieces of <paramref name="mask"/> that are too small or too faint.</summary>
    public static void Keep(byte[] mask, float[] contrast, GridShape shape, double voxelMm3, double smallestMm3, float peakLimit)
    {
        var labels = new int[shape.Count];
        var (sizes, peaks) = Measure(mask, contrast, shape, labels);
        for (var i = 0; i < labels.Length; i++)
        {
            var n = labels[i];
            mask[i] = (byte)(n != 0 && sizes[n] * voxelMm3 > smallestMm3 && peaks[n] > peakLimit ? 1 : 0);
        }
    }

    /// <summary>Adds the tubes that touch the mask, and those that stand for themselves.</summary>
    /// <returns>The number of pieces.</returns>
    public static int Join(
        byte[] mask, byte[] tubes, float[] contrast, GridShape shape, double voxelMm3, VesselSettings settings, float sd)
    {
        var both = new byte[mask.Length];
        for (var i = 0; i < both.Length; i++)
        {
            both[i] = (byte)(mask[i] | tubes[i]);
        }

        var labels = new int[shape.Count];
        var (sizes, peaks) = Measure(both, contrast, shape, labels);
        var keep = new bool[sizes.Length];
        for (var n = 1; n < sizes.Length; n++)
        {
            keep[n] = sizes[n] * voxelMm3 > settings.LoneTubeMm3 && peaks[n] > settings.LoneTubePeakLimit * sd;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            keep[labels[i]] |= mask[i] != 0;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            mask[i] = (byte)(labels[i] != 0 && keep[labels[i]] ? 1 : 0);
        }

        return keep.Skip(1).Count(kept => kept);
    }

    private static (int[] Sizes, float[] Peaks) Measure(byte[] mask, float[] contrast, GridShape shape, int[] labels)
    {
        var sizes = ConnectedComponents.Label(mask, shape, Connectivity.All26, labels);
        var peaks = new float[sizes.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            peaks[labels[i]] = Math.Max(peaks[labels[i]], contrast[i]);
        }

        return (sizes, peaks);
    }
}
