using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class GridTests
{
    [Fact]
    public void The_gradient_of_a_ramp_is_its_slope_per_mm_up_to_the_border()
    {
        var (shape, spacing) = (TestGrids.Odd, TestGrids.Anisotropic);
        var ramp = TestGrids.Fill(shape, (x, y, z) =>
            (float)((3 * x * spacing.Column) - (4 * y * spacing.Row) + (12 * z * spacing.Slice)));
        var slope = new float[ramp.Length];
        GradientMagnitude.OfSmoothed(ramp, shape, spacing, 2, slope);
        Assert.All(slope, value => Assert.Equal(13, value, 1e-3));
    }

    [Fact]
    public void Values_are_continued_from_the_nearest_known_voxel()
    {
        float[] values = [0, 5, 0, 0, 7, 0];
        NearestExtension.Extend([0, 1, 0, 0, 1, 0], new GridShape(6, 1, 1), values);
        Assert.Equal([5, 5, 5, 7, 7, 7], values);
        Assert.Throws<ArgumentException>(() => NearestExtension.Extend(new byte[6], new GridShape(6, 1, 1), values));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 3)]
    [InlineData(16, 2)]
    [InlineData(1000, 4)]
    public void Work_is_split_into_ranges_that_cover_each_item_once(int count, int threads)
    {
        var visits = new int[count];
        WorkSplit.Run(count, threads, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                Interlocked.Increment(ref visits[i]);
            }
        });
        Assert.All(visits, n => Assert.Equal(1, n));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkSplit.Run(1, 0, (_, _) => { }));
    }

    [Fact]
    public void A_region_grows_to_the_end_of_the_grid_and_walks_its_own_rows()
    {
        var shape = TestGrids.Odd;
        GridRegion? region = null;
        foreach (var i in new[] { Index(3, 4, 2), Index(6, 4, 3) })
        {
            region = GridRegion.Around(region, i, shape);
        }

        Assert.Equal(new GridRegion(3, 4, 2, 6, 4, 3), region);
        Assert.Equal(new GridRegion(0, 0, 0, 11, 9, 8), region!.Value.Grown(5, shape));
        var rows = new List<(int, int, int)>();
        region.Value.ForEachRow(shape, (from, to, length) => rows.Add((from, to, length)));
        Assert.Equal([(Index(3, 4, 2), 0, 4), (Index(3, 4, 3), 4, 4)], rows);

        int Index(int x, int y, int z) => (((z * shape.Rows) + y) * shape.Columns) + x;
    }

    [Fact]
    public void A_grid_without_volume_and_a_span_of_the_wrong_length_are_refused()
    {
        var step = new Point3(1, 0, 0);
        Assert.Throws<ArgumentException>(() => new VolumeGeometry(2, 2, 2, default, step, step, new Point3(0, 0, 1)));
        Assert.Throws<ArgumentException>(() => VolumeGeometry.Axial(2, 0, 2, 1, 1, 1, default));
        Assert.Throws<ArgumentException>(() => new Volume<float>(VolumeGeometry.Axial(2, 2, 2, 1, 1, 1, default), new float[7]));
        Assert.Throws<OverflowException>(() => new GridShape(2048, 2048, 2048).Count);
        Assert.Throws<ArgumentException>(() =>
            GaussianFilter.Smooth(new float[7], new GridShape(2, 2, 2), (1, 1, 1), 1, new float[8]));
    }
}
