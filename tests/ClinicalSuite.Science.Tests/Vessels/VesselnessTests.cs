using ClinicalSuite.Imaging;
using ClinicalSuite.Science.Tests.Imaging;
using ClinicalSuite.Vessels;
using Xunit;

namespace ClinicalSuite.Science.Tests.Vessels;

public sealed class VesselnessTests
{
    private static readonly GridShape Shape = new(49, 49, 49);
    private const int Middle = 24;

    /// <summary>
    /// A tube of profile A exp(-r^2 / 2 w^2), smoothed by sigma, has the curvature -A w^2 / (w^2 + sigma^2)^2 on its axis.
    /// </summary>
    [Theory]
    [InlineData(2.0, 2.0)]
    [InlineData(2.0, 3.0)]
    [InlineData(3.0, 2.0)]
    [InlineData(3.0, 3.0)]
    public void The_response_on_the_axis_of_a_Gaussian_tube_is_that_of_theory(double width, double sigma)
    {
        const double Height = 100;
        var tube = TestGrids.Fill(Shape, (x, y, _) => (float)(Height * Bell(x - Middle, y - Middle, width)));
        var response = Response(tube, [sigma]);
        var theory = Height * sigma * sigma * width * width / Math.Pow((width * width) + (sigma * sigma), 2);

        // Differences over one voxel see (1 - h^2 / 4 (w^2 + sigma^2)) of the curvature: at most 3.2 % here.
        Assert.Equal(theory, response[At(Middle, Middle, Middle)], 0.035 * theory);
    }

    [Fact]
    public void The_direction_of_a_tube_does_not_matter()
    {
        var along = Response(Tube(new Point3(0, 0, 1)), [2]).Max();
        foreach (var direction in new[] { new Point3(1, 0, 0), new Point3(0, 1, 0), new Point3(1, 1, 0), new Point3(1, 1, 1), new Point3(2, -1, 3) })
        {
            var response = Response(Tube(direction.Normalized()), [2])[At(Middle, Middle, Middle)];
            Assert.Equal(along, response, 0.04 * along);
        }
    }

    [Fact]
    public void Bright_tubes_answer_dark_ones_and_plates_do_not()
    {
        var bright = Tube(new Point3(0, 1, 0));
        var plate = TestGrids.Fill(Shape, (x, _, _) => (float)(100 * Bell(x - Middle, 0, 2)));
        Assert.True(Response(bright, [2]).Max() > 20);

        // A dark tube has a bright nothing on its axis, and beside it a rim whose curvature is far weaker.
        var dark = Response(Array.ConvertAll(bright, value => -value), [2]);
        Assert.Equal(0, dark[At(Middle, Middle, Middle)]);
        Assert.True(dark.Max() < 2);
        Assert.True(Response(plate, [2]).Max() < 0.1);
    }

    [Fact]
    public void A_constant_gives_zero_and_not_a_number_is_never_seen()
    {
        var constant = new float[Shape.Count];
        Assert.All(Response(constant, [1, 2]), value => Assert.Equal(0, value));
        Array.Fill(constant, 100f);
        Assert.All(Response(constant, [1, 2]), value => Assert.Equal(0, value, 1e-3));
    }

    [Theory]
    [InlineData(40, 30, 2)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 40, 40)]
    public void A_grid_too_thin_for_second_differences_has_no_tubes(int columns, int rows, int slices)
    {
        var shape = new GridShape(columns, rows, slices);
        var response = new float[shape.Count];
        Vesselness.Tubes(TestGrids.Noise(shape, 71), shape, 1, [1], 2, response);
        Assert.All(response, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Neither_the_order_of_scales_nor_threads_change_a_bit()
    {
        var noise = TestGrids.Noise(TestGrids.Odd, 72, 10);
        var (expected, other) = (new float[noise.Length], new float[noise.Length]);
        Vesselness.Tubes(noise, TestGrids.Odd, 0.8, [0.8, 1.2], 1, expected);
        Vesselness.Tubes(noise, TestGrids.Odd, 0.8, [1.2, 0.8], 2, other);
        Assert.Equal(expected, other);
        Assert.Contains(expected, value => value > 0);
    }

    private static float[] Response(float[] image, double[] sigmas)
    {
        var response = new float[image.Length];
        Vesselness.Tubes(image, Shape, 1, sigmas, 2, response);
        return response;
    }

    private static float[] Tube(Point3 direction) => TestGrids.Fill(Shape, (x, y, z) =>
    {
        var p = new Point3(x - Middle, y - Middle, z - Middle);
        var across = p - (direction * p.Dot(direction));
        return (float)(100 * Bell(across.Length, 0, 2));
    });

    private static double Bell(double x, double y, double sigma) => Math.Exp(-((x * x) + (y * y)) / (2 * sigma * sigma));

    private static int At(int column, int row, int slice) => (((slice * Shape.Rows) + row) * Shape.Columns) + column;
}
