using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>
/// Takes the slow change of the liver's attenuation out of the image: beam hardening, an uneven detector, arms beside the body.
/// The level is known in the safe core of the liver and continued a little beyond it; there the core grows, and so on.
/// </summary>
internal static class LocalLevel
{
    private const double SigmaMm = 14;
    private const int MostRounds = 12;

    // A round that adds less than this share ends it.
    private const double SmallestGrowth = 0.01;

    // Weight of the level of the whole liver against that of the core nearby: 1 % where the core ends, all of it far away.
    private const float WholeWeight = 0.01f;

    /// <returns>The smoothed image with the local level of the liver moved to that of the whole liver.</returns>
    public static float[] Remove(WorkImage work, float[] smooth, LiverMode mode, BodyAndLungs anatomy, SearchBox box)
    {
        var levelled = smooth;
        var core = LiverCore.Find(work, levelled, mode, anatomy, box.Mask).Core;
        for (var (round, count) = (0, WorkImage.Count(core)); round < MostRounds && count > 0; round++)
        {
            var level = Around(work, smooth, core, (float)mode.CentreHu);
            levelled = new float[smooth.Length];
            for (var i = 0; i < levelled.Length; i++)
            {
                levelled[i] = smooth[i] - level[i] + (float)mode.CentreHu;
            }

            core = LiverCore.Find(work, levelled, mode, anatomy, core).Core;
            var before = count;
            count = WorkImage.Count(core);
            if (count < (1 + SmallestGrowth) * before)
            {
                break;
            }
        }

        return levelled;
    }

    private static float[] Around(WorkImage work, float[] smooth, byte[] core, float wholeHu)
    {
        var (weight, level) = (new float[smooth.Length], new float[smooth.Length]);
        for (var i = 0; i < level.Length; i++)
        {
            weight[i] = core[i];
            level[i] = core[i] * (smooth[i] - wholeHu);
        }

        GaussianFilter.Smooth(weight, work.Shape, work.Spacing, SigmaMm, work.Threads, weight);
        GaussianFilter.Smooth(level, work.Shape, work.Spacing, SigmaMm, work.Threads, level);
        for (var i = 0; i < level.Length; i++)
        {
            level[i] = wholeHu + (level[i] / (weight[i] + WholeWeight));
        }

        return level;
    }
}
