using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>A liver drawn elsewhere, used in place of our own.</summary>
internal static class GivenLiver
{
    private const double SmallestMl = 50;

    /// <summary>By coded type first, else by name.</summary>
    public static GivenSegment? Find(IReadOnlyList<GivenSegment> segments) =>
        segments.FirstOrDefault(segment => segment.Type is { Scheme: "SCT" } type && type.Value == LiverVesselsCodes.Liver.Value)
        ?? segments.FirstOrDefault(segment => segment.Label.Trim().Equals("liver", StringComparison.OrdinalIgnoreCase));

    /// <summary>Brought onto the grid of the series by the nearest neighbour, so that no voxel is invented.</summary>
    public static LiverSearch OnGrid(GivenSegment given, VolumeGeometry grid, int threads)
    {
        var mask = new Volume<byte>(grid);
        Resampling.Nearest(given.Mask.Voxels, given.Mask.Geometry, grid, threads, mask.Voxels);
        var count = 0L;
        foreach (ref var voxel in mask.Voxels)
        {
            voxel = (byte)(voxel != 0 ? 1 : 0);
            count += voxel;
        }

        var ml = count * grid.VoxelVolumeMm3 / 1000;
        return ml < SmallestMl
            ? new LiverSearch.NotFound(
                LiverVesselsCodes.LabelMissing,
                Wording.Of($"{given.SourceDescription}: {ml:F0} ml of its liver lie in this series, needed {SmallestMl} ml"))
            : new LiverSearch.Found(mask, Source: given.SourceDescription);
    }
}
