using ClinicalSuite.Vessels;
using Xunit;

namespace ClinicalSuite.Science.Tests.Vessels;

public sealed class VesselWallTests
{
    /// <summary>A disc of radius r (in sigmas) blurred by summing the Gaussian over it: at its centre and at its edge.</summary>
    [Theory]
    [InlineData(0.6)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(2.5)]
    public void The_level_of_the_wall_is_that_of_a_blurred_disc(double radius)
    {
        var (centre, edge) = (Blurred(radius, 0), Blurred(radius, radius));

        // The table has steps of 1/512 and the sum over the disc steps of radius / 400.
        Assert.Equal(edge / centre, VesselWall.LevelOverHeight((float)centre), 3e-3);
    }

    [Fact]
    public void A_thin_vessel_is_cut_nearer_to_its_top_than_a_thick_one()
    {
        Assert.True(VesselWall.LevelOverHeight(0.2f) > 0.75f);
        Assert.InRange(VesselWall.LevelOverHeight(1.3f), 0.4f, 0.5f);
        Assert.Equal(VesselWall.LevelOverHeight(0), VesselWall.LevelOverHeight(-1));
    }

    private static double Blurred(double radius, double at)
    {
        const int Steps = 400;
        var step = radius / Steps;
        var sum = 0.0;
        for (var row = -Steps; row < Steps; row++)
        {
            for (var column = -Steps; column < Steps; column++)
            {
                var (x, y) = ((column + 0.5) * step, (row + 0.5) * step);
                if ((x * x) + (y * y) <= radius * radius)
                {
                    sum += Math.Exp(-0.5 * (((x - at) * (x - at)) + (y * y)));
                }
            }
        }

        return sum * step * step / (2 * Math.PI);
    }
}
