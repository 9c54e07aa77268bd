namespace ClinicalSuite.Imaging;

/// <summary>Quantiles by selection, without a full sort.</summary>
public static class OrderStatistics
{
    /// <summary>
    /// The value that has the given share of all values below it (lower of two neighbours). Reorders <paramref name="values"/>.
    /// No NaN.
    /// </summary>
    /// <exception cref="ArgumentException">No values.</exception>
    public static float Quantile(Span<float> values, double share)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("a quantile of no values");
        }

        return Select(values, (int)(share * (values.Length - 1)));
    }

    /// <summary>The lower median. Reorders <paramref name="values"/>.</summary>
    /// <exception cref="ArgumentException">No values.</exception>
    public static float Median(Span<float> values) => Quantile(values, 0.5);

    /// <summary>The values where the mask is set, in voxel order.</summary>
    public static float[] Where(ReadOnlySpan<float> values, ReadOnlySpan<byte> mask)
    {
        var count = 0;
        foreach (var inside in mask)
        {
            count += inside != 0 ? 1 : 0;
        }

        var chosen = new float[count];
        for (int i = 0, next = 0; i < mask.Length; i++)
        {
            if (mask[i] != 0)
            {
                chosen[next++] = values[i];
            }
        }

        return chosen;
    }

    /// <summary>
    /// Median, and a standard deviation from the values below it only (1.4826 times the median distance): bright outliers,
    /// such as vessels in an organ, do not widen it. Reorders <paramref name="values"/>.
    /// </summary>
    /// <exception cref="ArgumentException">No values.</exception>
    public static (float Median, float LowerSd) MedianAndLowerSd(Span<float> values)
    {
        var median = Median(values);
        var below = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < median)
            {
                values[below++] = median - values[i];
            }
        }

        return (median, below == 0 ? 0 : 1.4826f * Median(values[..below]));
    }

    // Hoare's selection with the median of three: linear for the inputs seen here, and the same for every run.
    private static float Select(Span<float> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = MedianOfThree(values[low], values[low + ((high - low) / 2)], values[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
            {
                high = j;
            }
            else if (rank >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }

    private static float MedianOfThree(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
