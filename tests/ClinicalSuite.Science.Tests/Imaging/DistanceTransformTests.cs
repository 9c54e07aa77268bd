using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class DistanceTransformTests
{
    [Theory]
    [InlineData(11, 0.001)]
    [InlineData(12, 0.02)]
    [InlineData(13, 0.5)]
    public void Distances_are_those_of_a_search_over_all_voxels(int seed, double share)
    {
        var (shape, spacing) = (TestGrids.Odd, TestGrids.Anisotropic);
        var mask = TestGrids.RandomMask(shape, seed, share);
        mask[shape.Count / 2] = 1;
        var squared = new float[shape.Count];
        DistanceTransform.Squared(mask, shape, spacing, 1, squared);
        var expected = BruteForce(mask, shape, spacing);
        for (var i = 0; i < squared.Length; i++)
        {
            Assert.Equal(expected[i], squared[i], 1e-5 * (1 + expected[i]));
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    [InlineData(7.0)]
    public void Within_its_radius_the_short_form_is_exact_and_beyond_it_never_less(double radiusMm)
    {
        var (shape, spacing) = (TestGrids.Odd, TestGrids.Anisotropic);
        var mask = TestGrids.RandomMask(shape, 14, 0.003);
        mask[0] = 1;
        var squared = new float[shape.Count];
        DistanceTransform.SquaredWithin(mask, shape, spacing, radiusMm, 1, squared);
        var expected = BruteForce(mask, shape, spacing);
        for (var i = 0; i < squared.Length; i++)
        {
            if (expected[i] <= radiusMm * radiusMm)
            {
                Assert.Equal(expected[i], squared[i], 1e-5 * (1 + expected[i]));
            }
            else
            {
                Assert.True(squared[i] > radiusMm * radiusMm);
            }
        }
    }

    [Fact]
    public void Without_any_voxel_nothing_is_near()
    {
        var squared = new float[TestGrids.Odd.Count];
        DistanceTransform.Squared(new byte[squared.Length], TestGrids.Odd, TestGrids.Anisotropic, 1, squared);
        Assert.All(squared, value => Assert.True(value >= DistanceTransform.Unreached));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var (shape, spacing) = (TestGrids.Odd, TestGrids.Anisotropic);
        var mask = TestGrids.RandomMask(shape, 15, 0.01);
        var (one, two) = (new float[shape.Count], new float[shape.Count]);
        DistanceTransform.Squared(mask, shape, spacing, 1, one);
        DistanceTransform.Squared(mask, shape, spacing, 2, two);
        Assert.Equal(one, two);
        DistanceTransform.SquaredWithin(mask, shape, spacing, 3, 1, one);
        DistanceTransform.SquaredWithin(mask, shape, spacing, 3, 2, two);
        Assert.Equal(one, two);
    }

    private static double[] BruteForce(byte[] mask, GridShape shape, SpacingMm spacing)
    {
        var set = Enumerable.Range(0, mask.Length).Where(i => mask[i] != 0).ToArray();
        return [.. Enumerable.Range(0, mask.Length).Select(i => set.Min(j => TestGrids.SquaredMm(i, j, shape, spacing)))];
    }
}
