using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Finds the liver on a 2 mm grid: its attenuation, a safe core, markers for all else, a watershed between them.</summary>
internal static class LiverLocalization
{
    public const double SpacingMm = 2;

    private const double SmallestLiverMl = 200;

    // Levelled, the peak is as narrow as the noise; small vessels, fat and edema spread real parenchyma about it by half as much again.
    private const double TextureFactor = 1.5;

    // Steps of the relief, HU per mm: far below the noise of the gradient.
    private const float ReliefStep = 1 / 64f;

    public static LiverSearch Find(WorkImage work, CancellationToken cancellation)
    {
        var anatomy = BodyAndLungs.Find(work);
        cancellation.ThrowIfCancellationRequested();
        var box = SearchBox.Find(work, anatomy);
        var smooth = work.Smooth(2);
        var back = work.Mask(i => anatomy.Body[i] != 0 && i / work.Shape.Columns % work.Shape.Rows > box.BackRow);
        var levels = TissueLevels.Find(smooth, anatomy.Body, back);
        var mode = LiverMode.Find(work, smooth, box.Mask, levels);
        if (mode is null)
        {
            return new LiverSearch.NotFound(LiverVesselsCodes.NoLiver, "no homogeneous organ in the right upper abdomen");
        }

        cancellation.ThrowIfCancellationRequested();
        var levelled = LocalLevel.Remove(work, smooth, mode, anatomy, box, cancellation);
        mode = LiverMode.Find(work, levelled, box.Mask, levels)?.Widened(TextureFactor) ?? mode;
        cancellation.ThrowIfCancellationRequested();
        var core = LiverCore.Find(work, levelled, mode, anatomy, box.Mask);
        var labels = LiverMarkers.Place(work, levelled, mode, levels, anatomy, core, box, cancellation);
        var relief = new float[smooth.Length];
        GradientMagnitude.OfSmoothed(smooth, work.Shape, work.Spacing, work.Threads, relief);
        cancellation.ThrowIfCancellationRequested();
        Watershed.Flood(relief, work.Shape, ReliefStep, labels);
        cancellation.ThrowIfCancellationRequested();
        var mask = WithVesselRoots(work, levelled, mode, Regularised(work, work.Mask(i => labels[i] == LiverMarkers.Liver)));
        var ml = WorkImage.Count(mask) * work.VoxelMl;
        return ml < SmallestLiverMl
            ? new LiverSearch.NotFound(
                LiverVesselsCodes.NoLiver, Wording.Of($"largest candidate {ml:F0} ml, needed {SmallestLiverMl} ml"))
            : new LiverSearch.Found(new Volume<byte>(work.Geometry, mask), mode);
    }

    /// <summary>Veins enter the liver in clefts that were marked as bright organs: what lies in a cleft is inside.</summary>
    private static byte[] WithVesselRoots(WorkImage work, float[] levelled, LiverMode mode, byte[] liver)
    {
        const double CleftMm = 10;
        var closed = work.Closed(liver, CleftMm);
        return work.FilledBySlice(work.Mask(i =>
            liver[i] != 0 || (closed[i] != 0 && levelled[i] > mode.CentreHu + (3 * mode.WidthHu))));
    }

    /// <summary>Cuts off tubes (aorta, cava) and bridges (heart), keeps thin lobe tips, smooths the surface.</summary>
    private static byte[] Regularised(WorkImage work, byte[] flooded)
    {
        var open = work.LargestComponent(work.Opened(flooded, 5));
        var nearBulk = work.Dilated(work.LargestComponent(work.Opened(open, 10)), 8);
        var trimmed = work.FilledBySlice(work.Mask(i => open[i] != 0 && nearBulk[i] != 0));
        var soft = new float[trimmed.Length];
        for (var i = 0; i < soft.Length; i++)
        {
            soft[i] = trimmed[i];
        }

        GaussianFilter.Smooth(soft, work.Shape, work.Spacing, 3, work.Threads, soft);
        return work.FilledBySlice(work.LargestComponent(work.Mask(i => soft[i] > 0.5f)));
    }
}
