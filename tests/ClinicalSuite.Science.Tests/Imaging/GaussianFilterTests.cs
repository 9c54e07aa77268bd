using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class GaussianFilterTests
{
    [Fact]
    public void A_smoothed_Gaussian_is_the_wider_Gaussian_of_theory()
    {
        var shape = new GridShape(41, 37, 33);
        var (a, b) = ((X: 2.0, Y: 1.5, Z: 1.8), (X: 1.6, Y: 2.2, Z: 1.2));
        var narrow = TestGrids.Fill(shape, (x, y, z) => Bell(x - 20, a.X) * Bell(y - 18, a.Y) * Bell(z - 16, a.Z));
        var smooth = new float[shape.Count];
        GaussianFilter.Smooth(narrow, shape, b, 1, smooth);

        var wide = (X: Math.Sqrt((a.X * a.X) + (b.X * b.X)), Y: Math.Sqrt((a.Y * a.Y) + (b.Y * b.Y)), Z: Math.Sqrt((a.Z * a.Z) + (b.Z * b.Z)));
        var theory = TestGrids.Fill(shape, (x, y, z) => Bell(x - 20, wide.X) * Bell(y - 18, wide.Y) * Bell(z - 16, wide.Z));
        var peak = theory.Max();

        // Cut at 4 sigma the weights miss 6e-5 of their sum on each axis; sampling at sigma 1.2 adds less than that.
        Assert.All(smooth.Zip(theory), pair => Assert.Equal(pair.Second, pair.First, 5e-4 * peak));
    }

    [Fact]
    public void A_constant_stays_and_the_sum_is_kept_up_to_the_border()
    {
        var shape = TestGrids.Odd;
        var noise = TestGrids.Noise(shape, 1);
        var smooth = new float[shape.Count];
        GaussianFilter.Smooth(noise, shape, (2.5, 1.5, 4), 1, smooth);
        Assert.Equal(noise.Sum(v => (double)v), smooth.Sum(v => (double)v), 1e-3);

        Array.Fill(noise, 7f);
        GaussianFilter.Smooth(noise, shape, (2.5, 1.5, 4), 1, smooth);
        Assert.All(smooth, value => Assert.Equal(7, value, 1e-5));
    }

    [Fact]
    public void A_width_of_zero_leaves_an_axis_alone()
    {
        var shape = TestGrids.Odd;
        var noise = TestGrids.Noise(shape, 2);
        var smooth = new float[shape.Count];
        GaussianFilter.Smooth(noise, shape, (0, 0, 0), 1, smooth);
        Assert.Equal(noise, smooth);
    }

    [Fact]
    public void Millimetres_are_divided_by_the_spacing_of_each_axis()
    {
        var shape = TestGrids.Odd;
        var noise = TestGrids.Noise(shape, 3);
        var (byMm, byVoxels) = (new float[shape.Count], new float[shape.Count]);
        GaussianFilter.Smooth(noise, shape, new SpacingMm(0.5, 1, 2), 2, 1, byMm);
        GaussianFilter.Smooth(noise, shape, (4, 2, 1), 1, byVoxels);
        Assert.Equal(byVoxels, byMm);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Neither_threads_nor_smoothing_in_place_change_a_bit(int threads)
    {
        var shape = TestGrids.Odd;
        var noise = TestGrids.Noise(shape, 4);
        var expected = new float[shape.Count];
        GaussianFilter.Smooth(noise, shape, (1.3, 0.9, 0.7), 1, expected);
        GaussianFilter.Smooth(noise, shape, (1.3, 0.9, 0.7), threads, noise);
        Assert.Equal(expected, noise);
    }

    private static float Bell(double x, double sigma) =>
        (float)(Math.Exp(-0.5 * x * x / (sigma * sigma)) / (sigma * Math.Sqrt(2 * Math.PI)));
}
