using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Attenuation of this liver's parenchyma: centre and width of its peak in the histogram of the search box.</summary>
internal sealed record LiverMode(double CentreHu, double WidthHu)
{
    private const double MeanShiftHu = 5;
    private const double NarrowestHu = 3;

    // A liver is about as even as the neighbourhood of each point; a wider peak is made of different levels in different places.
    private const double WidestPerLocalSd = 2;
    private const double NeighbourhoodMm = 10;

    // Half width at half maximum of a normal distribution in standard deviations: sqrt(2 ln 2).
    private const double HalfWidthPerSd = 1.177;

    public LiverMode Widened(double factor) => this with { WidthHu = factor * WidthHu };

    /// <returns>Null when the box holds no interior of any organ.</returns>
    public static LiverMode? Find(WorkImage work, float[] smooth, byte[] box, TissueLevels levels)
    {
        var interiors = Interiors(work, smooth, box, levels);
        var first = (int)Math.Floor(levels.FatLimitHu);
        var histogram = Histogram(smooth, interiors, first, (int)Math.Ceiling(levels.DenseHu) - first);
        var widest = Math.Max(NarrowestHu, WidestPerLocalSd * LocalSd(work, smooth, interiors));
        var modes = new List<LiverMode>();
        foreach (var peak in Peaks(histogram))
        {
            var centre = MeanShift(histogram, peak);
            var mode = new LiverMode(first + centre, Math.Min(Width(histogram, centre), widest));
            if (!modes.Exists(other => Math.Abs(other.CentreHu - mode.CentreHu) < 0.5))
            {
                modes.Add(mode);
            }
        }

        // The liver is the largest homogeneous thing in the box.
        return modes.MaxBy(mode => CoreSize(work, smooth, box, mode));
    }

    private static byte[] Interiors(WorkImage work, float[] smooth, byte[] box, TissueLevels levels)
    {
        var gradient = new float[smooth.Length];
        GradientMagnitude.OfSmoothed(work.Smooth(3), work.Shape, work.Spacing, work.Threads, gradient);
        var soft = work.Mask(i => box[i] != 0 && smooth[i] > levels.SoftLimitHu && smooth[i] < levels.DenseHu);
        var values = OrderStatistics.Where(gradient, soft);
        var limit = values.Length == 0 ? 0 : OrderStatistics.Median(values);
        return work.Mask(i => box[i] != 0 && gradient[i] < limit);
    }

    /// <summary>Spread about the mean of the neighbourhood: noise and texture without slow changes from place to place.</summary>
    private static double LocalSd(WorkImage work, float[] smooth, byte[] interiors)
    {
        var (weight, mean) = (new float[smooth.Length], new float[smooth.Length]);
        for (var i = 0; i < mean.Length; i++)
        {
            weight[i] = interiors[i];
            mean[i] = interiors[i] * smooth[i];
        }

        GaussianFilter.Smooth(weight, work.Shape, work.Spacing, NeighbourhoodMm, work.Threads, weight);
        GaussianFilter.Smooth(mean, work.Shape, work.Spacing, NeighbourhoodMm, work.Threads, mean);
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = interiors[i] == 0 ? 0 : smooth[i] - (mean[i] / weight[i]);
        }

        var values = OrderStatistics.Where(mean, interiors);
        return values.Length == 0 ? 0 : OrderStatistics.MedianAndLowerSd(values).LowerSd;
    }

    /// <summary>Counts of 1 HU, the first from <paramref name="first"/> on, smoothed.</summary>
    private static double[] Histogram(float[] smooth, byte[] mask, int first, int bins)
    {
        var counts = new double[bins];
        for (var i = 0; i < mask.Length; i++)
        {
            var bin = (int)Math.Floor(smooth[i] - first);
            if (mask[i] != 0 && bin >= 0 && bin < bins)
            {
                counts[bin]++;
            }
        }

        var smoothed = new double[bins];
        for (var bin = 0; bin < bins; bin++)
        {
            for (var k = Math.Max(0, bin - 8); k <= Math.Min(bins - 1, bin + 8); k++)
            {
                smoothed[bin] += counts[k] * Math.Exp(-0.5 * (k - bin) * (k - bin) / 4.0);
            }
        }

        return smoothed;
    }

    private static IEnumerable<int> Peaks(double[] histogram)
    {
        var top = histogram.Max();
        for (var bin = 1; bin < histogram.Length - 1; bin++)
        {
            if (histogram[bin] > histogram[bin - 1] && histogram[bin] >= histogram[bin + 1] && histogram[bin] > 0.1 * top)
            {
                yield return bin;
            }
        }
    }

    private static double MeanShift(double[] histogram, double start)
    {
        var centre = start + 0.5;
        for (var step = 0; step < 100; step++)
        {
            double weighted = 0, total = 0;
            for (var bin = 0; bin < histogram.Length; bin++)
            {
                var distance = (bin + 0.5 - centre) / MeanShiftHu;
                var weight = histogram[bin] * Math.Exp(-0.5 * distance * distance);
                weighted += weight * (bin + 0.5);
                total += weight;
            }

            var next = weighted / total;
            if (Math.Abs(next - centre) < 1e-3)
            {
                return next;
            }

            centre = next;
        }

        return centre;
    }

    // The smaller half width: a neighbouring organ's peak widens one side only.
    private static double Width(double[] histogram, double centre)
    {
        var bin = Math.Clamp((int)centre, 0, histogram.Length - 1);
        var half = histogram[bin] / 2;
        var (left, right) = (bin, bin);
        while (left > 0 && histogram[left] > half)
        {
            left--;
        }

        while (right < histogram.Length - 1 && histogram[right] > half)
        {
            right++;
        }

        return Math.Max(NarrowestHu, Math.Min(centre - (left + 0.5), right + 0.5 - centre) / HalfWidthPerSd);
    }

    private static int CoreSize(WorkImage work, float[] smooth, byte[] box, LiverMode mode)
    {
        var near = work.Mask(i => box[i] != 0 && Math.Abs(smooth[i] - mode.CentreHu) < 2 * mode.WidthHu);
        var core = work.Eroded(near, 4);
        return ConnectedComponents.KeepLargest(core, work.Shape, Connectivity.Faces6, core);
    }
}
