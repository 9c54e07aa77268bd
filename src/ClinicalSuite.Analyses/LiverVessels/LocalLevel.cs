namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>
/// Takes the slow change of the liver's attenuation out of the image: beam hardening, an uneven detector, arms beside the body.
/// The level is known in the safe core of the liver and continued a little beyond it; there the core grows, and so on.
/// </summary>
internal static class LocalLevel
{
    private const int MostRounds = 15;

    // A round that adds less than this share ends it.
    private const double SmallestGrowth = 0.005;

    /// <returns>The smoothed image with the local level of the liver moved to that of the whole liver.</returns>
    public static float[] Remove(
        WorkImage work, float[] smooth, LiverMode mode, BodyAndLungs anatomy, SearchBox box, CancellationToken cancellation)
    {
        var levelled = smooth;
        var core = InFront(work, LiverCore.Find(work, levelled, mode, anatomy, box.Mask).Core, box);
        for (var (round, count) = (0, WorkImage.Count(core)); round < MostRounds && count > 0; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var level = LevelField.Fit(work, smooth, core, (float)mode.CentreHu);
            levelled = new float[smooth.Length];
            for (var i = 0; i < levelled.Length; i++)
            {
                levelled[i] = smooth[i] - level[i] + (float)mode.CentreHu;
            }

            core = InFront(work, LiverCore.Find(work, levelled, mode, anatomy, core).Core, box);
            var before = count;
            count = WorkImage.Count(core);
            if (count < (1 + SmallestGrowth) * before)
            {
                break;
            }
        }

        return levelled;
    }

    // The muscles of the back touch the liver; a level that is followed into them would make them liver.
    private static byte[] InFront(WorkImage work, byte[] core, SearchBox box) =>
        work.Mask(i => core[i] != 0 && i / work.Shape.Columns % work.Shape.Rows < box.BackRow);
}
