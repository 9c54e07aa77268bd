namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>
/// Where fat and muscle lie in this body: the peaks of its own histograms. Tube voltage, reconstruction and calibration move them by
/// tens of HU from scan to scan, and with them every limit between the two.
/// </summary>
internal sealed record TissueLevels(double FatHu, double MuscleHu)
{
    // The scale itself: Hounsfield units are defined by water at 0. Adipose tissue lies below it, all that is soft above.
    private const double WaterHu = 0;
    private const double HighestHu = 300;
    private const double SmoothingHu = 6;

    // Textbook adipose tissue, for a body that shows none.
    private const double UsualFatHu = -100;
    private const double SmallestFatShare = 0.01;

    /// <summary>Half way from fat to soft tissue: the edge between the two.</summary>
    public double FatLimitHu => (FatHu + MuscleHu) / 2;

    /// <summary>A quarter of the way down to fat: soft tissue without what fat dims at its edges.</summary>
    public double SoftLimitHu => MuscleHu - ((MuscleHu - FatHu) / 4);

    /// <summary>As far above soft tissue as fat is below it: more than any organ takes up in a portal venous scan.</summary>
    public double DenseHu => MuscleHu + (MuscleHu - FatHu);

    /// <param name="body">1 in the body.</param>
    /// <param name="back">1 where the body has no organs: the muscles of the back are the soft tissue that no agent and no disease of the
    /// liver moves.</param>
    public static TissueLevels Find(float[] smooth, byte[] body, byte[] back)
    {
        var first = (int)BodyAndLungs.TissueHu;
        var water = (int)(WaterHu - first);
        var all = Histogram(smooth, body, first);
        var fat = Array.IndexOf(all, all[..water].Max(), 0, water);
        var hasFat = all[..water].Sum() > SmallestFatShare * all.Sum() && fat > 0 && fat < water - 1;
        var soft = Histogram(smooth, back, first)[water..];
        var fatHu = hasFat ? first + fat + 0.5 : UsualFatHu;
        return new TissueLevels(fatHu, WaterHu + Array.IndexOf(soft, soft.Max()) + 0.5);
    }

    private static double[] Histogram(float[] smooth, byte[] body, int first)
    {
        var counts = new double[(int)HighestHu - first];
        for (var i = 0; i < body.Length; i++)
        {
            var bin = (int)Math.Floor(smooth[i] - first);
            if (body[i] != 0 && bin >= 0 && bin < counts.Length)
            {
                counts[bin]++;
            }
        }

        var result = new double[counts.Length];
        const int Reach = (int)(3 * SmoothingHu);
        for (var bin = 0; bin < counts.Length; bin++)
        {
            for (var k = Math.Max(0, bin - Reach); k <= Math.Min(counts.Length - 1, bin + Reach); k++)
            {
                result[bin] += counts[k] * Math.Exp(-0.5 * (k - bin) * (k - bin) / (SmoothingHu * SmoothingHu));
            }
        }

        return result;
    }
}
