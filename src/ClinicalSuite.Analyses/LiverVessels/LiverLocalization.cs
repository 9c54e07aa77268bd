using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Finds the liver on a 2 mm grid.</summary>
internal static class LiverLocalization
{
    public const double SpacingMm = 2;

    private const double SmallestLiverMl = 200;

    public static LiverSearch Find(WorkImage work, CancellationToken cancellation)
    {
        var anatomy = BodyAndLungs.Find(work);
        cancellation.ThrowIfCancellationRequested();
        var box = SearchBox.Find(work, anatomy);
        var smooth = work.Smooth(2);
        var mode = LiverMode.Find(work, smooth, box.Mask);
        if (mode is null)
        {
            return new LiverSearch.NotFound(LiverVesselsCodes.NoLiver, "no homogeneous organ in the right upper abdomen");
        }

        cancellation.ThrowIfCancellationRequested();
        var core = LiverCore.Find(work, smooth, mode, anatomy, box);
        var mask = work.FilledBySlice(work.LargestComponent(work.Opened(work.Closed(core.Guess, 6), 5)));
        var ml = WorkImage.Count(mask) * work.VoxelMl;
        return ml < SmallestLiverMl
            ? new LiverSearch.NotFound(
                LiverVesselsCodes.NoLiver,
                Wording.Of($"largest candidate {ml:F0} ml, needed {SmallestLiverMl} ml"))
            : new LiverSearch.Found(new Volume<byte>(work.Geometry, mask), mode);
    }
}
