using ClinicalSuite.Phantoms;
using Xunit;

namespace ClinicalSuite.Science.Tests.Phantoms;

public sealed class CounterRandomTests
{
    private const int Count = 1 << 18;

    [Fact]
    public void A_number_depends_on_seed_stream_and_counter_alone()
    {
        Assert.Equal(new CounterRandom(7, 3).Bits(41), new CounterRandom(7, 3).Bits(41));
        Assert.NotEqual(new CounterRandom(7, 3).Bits(41), new CounterRandom(8, 3).Bits(41));
        Assert.NotEqual(new CounterRandom(7, 3).Bits(41), new CounterRandom(7, 4).Bits(41));
        Assert.NotEqual(new CounterRandom(7, 3).Bits(41), new CounterRandom(7, 3).Bits(42));
    }

    /// <summary>Five standard errors: sqrt(1/n) of the mean, sqrt(1.4/n) of the variance (kurtosis 2.4).</summary>
    [Fact]
    public void Noise_has_mean_0_and_variance_1_and_does_not_remember()
    {
        var random = new CounterRandom(1, 2);
        double sum = 0, squares = 0, products = 0;
        for (ulong i = 0; i < Count; i++)
        {
            double value = random.Noise(i);
            sum += value;
            squares += value * value;
            products += value * random.Noise(i + 1);
        }

        Assert.Equal(0, sum / Count, 5 / Math.Sqrt(Count));
        Assert.Equal(1, squares / Count, 5 * Math.Sqrt(1.4 / Count));
        Assert.Equal(0, products / Count, 5 / Math.Sqrt(Count));
    }

    [Fact]
    public void Two_streams_of_one_seed_are_not_correlated()
    {
        var (first, second) = (new CounterRandom(5, 1), new CounterRandom(5, 2));
        var products = 0.0;
        for (ulong i = 0; i < Count; i++)
        {
            products += first.Noise(i) * second.Noise(i);
        }

        Assert.Equal(0, products / Count, 5 / Math.Sqrt(Count));
    }

    [Fact]
    public void Gaussian_numbers_have_the_tails_of_a_normal_distribution()
    {
        var random = new RandomSequence(3, 1);
        var beyondTwo = Enumerable.Range(0, Count).Count(_ => Math.Abs(random.Gaussian()) > 2);

        // 4.55 % with a standard error of 0.04 %.
        Assert.Equal(0.0455, (double)beyondTwo / Count, 0.002);
    }
}
