using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

/// <summary>The vector forms against the loops they stand for, bit by bit, at lengths around the width of a vector.</summary>
public sealed class RowArithmeticTests
{
    public static TheoryData<int> Lengths => [0, 1, 7, 8, 9, 31, 32, 33, 100];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Products_and_sums_are_those_of_a_plain_loop(int length)
    {
        var (a, b, start) = Rows(length);
        var (multiplied, added) = (new float[length], (float[])start.Clone());
        RowArithmetic.Multiply(a, 0.3f, multiplied);
        RowArithmetic.AddWeightedPair(a, b, 0.3f, added);
        for (var i = 0; i < length; i++)
        {
            Assert.Equal(a[i] * 0.3f, multiplied[i]);
            Assert.Equal(start[i] + ((a[i] + b[i]) * 0.3f), added[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Minima_and_maxima_are_those_of_a_plain_loop(int length)
    {
        var (a, _, start) = Rows(length);
        var (lowest, highest) = ((float[])start.Clone(), (float[])start.Clone());
        RowArithmetic.MinimumWithOffset(a, 0.2f, lowest);
        RowArithmetic.Maximum(a, highest);
        for (var i = 0; i < length; i++)
        {
            Assert.Equal(Math.Min(start[i], a[i] + 0.2f), lowest[i]);
            Assert.Equal(Math.Max(start[i], a[i]), highest[i]);
        }
    }

    private static (float[] A, float[] B, float[] Start) Rows(int length)
    {
        var shape = new GridShape(length, 1, 1);
        return (TestGrids.Noise(shape, 5), TestGrids.Noise(shape, 6), TestGrids.Noise(shape, 7));
    }
}
