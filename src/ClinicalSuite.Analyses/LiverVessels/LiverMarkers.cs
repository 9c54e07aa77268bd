using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Where liver is certain and where it certainly is not: the markers of the watershed.</summary>
internal static class LiverMarkers
{
    public const byte Liver = 1;
    public const byte Other = 2;

    public static byte[] Place(
        WorkImage work, float[] smooth, LiverMode mode, TissueLevels levels, BodyAndLungs anatomy, LiverCore core, SearchBox box,
        CancellationToken cancellation)
    {
        var (hu, boneHu) = (work.Hu, Math.Max(mode.CentreHu + (8 * mode.WidthHu), levels.DenseHu));
        var markers = new byte[hu.Length];
        var blobs = LowBlobs.Find(work, smooth, mode, levels, anatomy, core, box, cancellation);
        var bright = BrightOrgans(work, smooth, mode, core);

        // Beside the lung the blurred edge runs from -850 HU up: the level of fat would cut into the liver.
        var nearLung = work.Dilated(anatomy.Lungs, 6);
        var left = LeftOrgans(work, core, box);
        for (var i = 0; i < markers.Length; i++)
        {
            var isLight = nearLung[i] != 0 ? hu[i] < BodyAndLungs.TissueHu : smooth[i] < levels.FatLimitHu;
            var isOther = anatomy.Body[i] == 0 || anatomy.Lungs[i] != 0 || isLight || hu[i] > boneHu
                || bright[i] != 0 || left[i] != 0 || blobs[i] == Other;
            markers[i] = core.Core[i] != 0 || blobs[i] == Liver ? Liver : isOther ? Other : (byte)0;
        }

        return markers;
    }

    /// <summary>Heart, great vessels, kidneys, bowel with contrast; the large ones with their walls.</summary>
    private static byte[] BrightOrgans(WorkImage work, float[] smooth, LiverMode mode, LiverCore core)
    {
        var bright = work.Eroded(work.Mask(i => smooth[i] > mode.CentreHu + (4 * mode.WidthHu)), 4);
        var labels = new int[bright.Length];
        var sizes = ConnectedComponents.Label(bright, work.Shape, Connectivity.Faces6, labels);
        var large = work.Mask(i => labels[i] != 0 && sizes[labels[i]] * work.VoxelMl > 30);
        var filled = work.Closed(large, 15);
        var walls = Walls(work, large, core);
        return work.Mask(i =>
            (labels[i] != 0 && sizes[labels[i]] * work.VoxelMl >= 1)
            || (core.Core[i] == 0 && (filled[i] != 0 || walls[i] != 0)));
    }

    /// <summary>What has the attenuation of liver but lies at least twice as near to a large bright organ: the walls of the heart.</summary>
    private static byte[] Walls(WorkImage work, byte[] organs, LiverCore core)
    {
        // The organs were eroded by 4 mm, so a wall of 12 mm ends here.
        const double ReachMm = 16;
        const double ErodedMm = 4;
        var (toOrgan, toCore) = (new float[organs.Length], new float[organs.Length]);
        DistanceTransform.SquaredWithin(organs, work.Shape, work.Spacing, ReachMm, work.Threads, toOrgan);
        DistanceTransform.Squared(core.Core, work.Shape, work.Spacing, work.Threads, toCore);
        return work.Mask(i =>
            toOrgan[i] <= ReachMm * ReachMm && 2 * (Math.Sqrt(toOrgan[i]) - ErodedMm) < Math.Sqrt(toCore[i]) - ErodedMm);
    }

    /// <summary>Spleen and its neighbours: as bright as the liver, but on the left and at the back.</summary>
    private static byte[] LeftOrgans(WorkImage work, LiverCore core, SearchBox box)
    {
        var shape = work.Shape;
        var inner = work.Eroded(core.Range, 6);
        var labels = new int[inner.Length];
        var sizes = ConnectedComponents.Label(inner, shape, Connectivity.Faces6, labels);
        var (columns, rows) = (new long[sizes.Length], new long[sizes.Length]);
        for (var i = 0; i < labels.Length; i++)
        {
            columns[labels[i]] += i % shape.Columns;
            rows[labels[i]] += i / shape.Columns % shape.Rows;
        }

        return work.Mask(i => labels[i] != 0 && core.Core[i] == 0 && IsLeftRear(labels[i]));

        bool IsLeftRear(int n) =>
            sizes[n] * work.VoxelMl >= 0.5
            && columns[n] / (double)sizes[n] > box.MidColumn + (0.1 * box.BodyColumns)
            && rows[n] / (double)sizes[n] > box.FrontRow + (0.45 * box.BodyRows);
    }
}
