using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Voxels too faint for the cut, in places where the vesselness sees a tube.</summary>
internal static class ThinBranches
{
    // The 84th percentile is one standard deviation of a normal distribution.
    private const double OneSdShare = 0.84;

    public static byte[] Find(
        float[] contrast,
        byte[] organ,
        byte[] vessels,
        float[] cut,
        float sd,
        VolumeGeometry grid,
        VesselSettings settings,
        int threads)
    {
        var shape = GridShape.Of(grid);
        var response = new float[shape.Count];
        Vesselness.Tubes(contrast, shape, grid.ColumnSpacingMm, [.. settings.TubeSigmasMm], threads, response);
        var parenchyma = new byte[shape.Count];
        for (var i = 0; i < parenchyma.Length; i++)
        {
            parenchyma[i] = (byte)(organ[i] != 0 && vessels[i] == 0 ? 1 : 0);
        }

        var values = OrderStatistics.Where(response, parenchyma);
        var limit = values.Length == 0 ? float.MaxValue : (float)settings.TubeLimit * OrderStatistics.Quantile(values, OneSdShare);
        var noise = (float)settings.TubeNoiseLimit * sd;
        for (var i = 0; i < parenchyma.Length; i++)
        {
            parenchyma[i] = (byte)(parenchyma[i] != 0 && response[i] > limit && contrast[i] > noise && contrast[i] > cut[i] ? 1 : 0);
        }

        return parenchyma;
    }
}
