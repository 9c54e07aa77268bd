using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Calcifications, embolisation agents, clips: far brighter than any blood, and so is the blur around them.</summary>
internal static class DenseMaterial
{
    // Veins differ by less than twice; what stands out three times as much as they do is not blood.
    private const float ShareOfPlateau = 3;

    // The blur of a dense edge is taken for vessel within two voxels of it.
    private const double BlurMm = 2;

    /// <summary>Sets the contrast of dense material and of its blur to 0.</summary>
    /// <returns>Its volume without the blur, ml.</returns>
    public static double Clear(float[] contrast, float plateau, VolumeGeometry grid, int threads)
    {
        var shape = GridShape.Of(grid);
        var dense = new byte[contrast.Length];
        var count = 0L;
        for (var i = 0; i < dense.Length; i++)
        {
            dense[i] = (byte)(contrast[i] > ShareOfPlateau * plateau ? 1 : 0);
            count += dense[i];
        }

        if (count > 0)
        {
            Morphology.Dilate(dense, shape, SpacingMm.Of(grid), BlurMm, threads, dense);
            for (var i = 0; i < dense.Length; i++)
            {
                contrast[i] = dense[i] == 0 ? contrast[i] : 0;
            }
        }

        return count * grid.VoxelVolumeMm3 / 1000;
    }
}
