using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class LocalStatisticsTests
{
    private static readonly GridShape Shape = TestGrids.Odd;

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    [InlineData(4.0)]
    public void The_local_median_is_the_lower_median_of_the_masked_ball(double radius)
    {
        var values = TestGrids.Noise(Shape, 41);
        var mask = TestGrids.RandomMask(Shape, 42, 0.6);
        var medians = new float[values.Length];
        LocalMedian.InBall(values, mask, Shape, radius, 2, medians);
        foreach (var i in Enumerable.Range(0, values.Length).Where(i => i % 7 == 0))
        {
            var ball = Ball(i, radius).Where(j => mask[j] != 0).Select(j => values[j]).Order().ToArray();
            Assert.Equal(mask[i] == 0 ? 0 : ball[(ball.Length - 1) / 2], medians[i]);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    public void The_local_maximum_is_that_of_the_ball(double radius)
    {
        var values = TestGrids.Noise(Shape, 43);
        var maxima = new float[values.Length];
        LocalMaximum.InBall(values, Shape, radius, 2, maxima);
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(Ball(i, radius).Max(j => values[j]), maxima[i]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.16)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_quantile_is_that_of_the_sorted_values(double share)
    {
        // Rounded, so that many are equal.
        var values = Array.ConvertAll(TestGrids.Noise(Shape, 44, 4), v => MathF.Round(v));
        var sorted = values.Order().ToArray();
        Assert.Equal(sorted[(int)(share * (sorted.Length - 1))], OrderStatistics.Quantile(values, share));
    }

    [Fact]
    public void Bright_outliers_do_not_widen_the_standard_deviation_of_the_lower_half()
    {
        var values = TestGrids.Noise(new GridShape(50_000, 1, 1), 45, sd: 8);
        for (var i = 0; i < 2500; i++)
        {
            values[i * 20] += 200;
        }

        var (median, sd) = OrderStatistics.MedianAndLowerSd(values);

        // 5 % of outliers on one side move the median by 0.06 sd and widen the lower half by as much.
        Assert.Equal(0, median, 0.9);
        Assert.Equal(8, sd, 0.7);
    }

    private static IEnumerable<int> Ball(int i, double radius) =>
        Enumerable.Range(0, Shape.Count)
            .Where(j => TestGrids.SquaredMm(i, j, Shape, SpacingMm.Isotropic(1)) <= radius * radius);
}
