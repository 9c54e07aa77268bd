using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class MorphologyTests
{
    private static readonly GridShape Shape = TestGrids.Odd;
    private static readonly SpacingMm Spacing = TestGrids.Anisotropic;

    [Theory]
    [InlineData(1.1)]
    [InlineData(2.5)]
    [InlineData(4.0)]
    public void Dilation_is_the_union_of_balls(double radiusMm)
    {
        var mask = TestGrids.RandomMask(Shape, 21, 0.004);
        var set = Enumerable.Range(0, mask.Length).Where(i => mask[i] != 0).ToArray();
        var dilated = new byte[mask.Length];
        Morphology.Dilate(mask, Shape, Spacing, radiusMm, 1, dilated);
        for (var i = 0; i < mask.Length; i++)
        {
            var isNear = set.Any(j => TestGrids.SquaredMm(i, j, Shape, Spacing) <= (radiusMm * radiusMm) + 1e-6);
            Assert.Equal(isNear, dilated[i] != 0);
        }
    }

    [Fact]
    public void Erosion_is_dilation_of_what_is_outside()
    {
        var mask = TestGrids.RandomMask(Shape, 22, 0.98);
        var outside = Array.ConvertAll(mask, inside => (byte)(1 - inside));
        var (eroded, grown) = (new byte[mask.Length], new byte[mask.Length]);
        Morphology.Erode(mask, Shape, Spacing, 2.2, 1, eroded);
        Morphology.Dilate(outside, Shape, Spacing, 2.2, 1, grown);
        Assert.Equal(Array.ConvertAll(grown, inside => (byte)(1 - inside)), eroded);
    }

    [Fact]
    public void Opening_and_closing_bound_the_mask_and_twice_is_once()
    {
        var mask = new byte[Shape.Count];
        Morphology.Dilate(TestGrids.RandomMask(Shape, 23, 0.01), Shape, Spacing, 2.5, 1, mask);
        var (opened, closed, again) = (new byte[mask.Length], new byte[mask.Length], new byte[mask.Length]);
        Morphology.Open(mask, Shape, Spacing, 1.5, 1, opened);
        Morphology.Close(mask, Shape, Spacing, 1.5, 1, closed);
        Assert.All(Enumerable.Range(0, mask.Length), i => Assert.True(opened[i] <= mask[i] && mask[i] <= closed[i]));
        Assert.NotEqual(opened, closed);

        Morphology.Open(opened, Shape, Spacing, 1.5, 1, again);
        Assert.Equal(opened, again);
        Morphology.Close(closed, Shape, Spacing, 1.5, 1, again);
        Assert.Equal(closed, again);
    }

    /// <summary>Division may lose the last bit of a whole number: the border must be counted in all the same.</summary>
    [Theory]
    [InlineData(0.743)]
    [InlineData(0.1)]
    [InlineData(1.6)]
    [InlineData(0.9765625)]
    public void A_radius_of_whole_voxels_includes_its_border(double spacingMm)
    {
        var shape = new GridShape(15, 15, 15);
        var mask = new byte[shape.Count];
        mask[shape.Count / 2] = 1;
        var dilated = new byte[shape.Count];
        for (var voxels = 1; voxels <= 7; voxels++)
        {
            Morphology.Dilate(mask, shape, SpacingMm.Isotropic(spacingMm), voxels * spacingMm, 1, dilated);
            var expected = TestGrids.Fill(
                shape, (x, y, z) => (byte)(Square(x - 7) + Square(y - 7) + Square(z - 7) <= voxels * voxels ? 1 : 0));
            Assert.Equal(expected, dilated);
        }

        static int Square(int x) => x * x;
    }

    [Fact]
    public void Holes_are_filled_slice_by_slice_and_bays_are_not()
    {
        var shape = new GridShape(7, 7, 2);
        var ring = TestGrids.Fill(shape, (x, y, _) => (byte)(Math.Max(Math.Abs(x - 3), Math.Abs(y - 3)) == 2 ? 1 : 0));
        ring[shape.SliceSize + (3 * shape.Columns) + 1] = 0;
        var filled = new byte[shape.Count];
        Morphology.FillHolesBySlice(ring, shape, filled);

        Assert.Equal(25, filled[..shape.SliceSize].Sum(v => v));
        Assert.Equal(ring[shape.SliceSize..], filled[shape.SliceSize..]);
    }

    [Fact]
    public void At_the_border_of_the_grid_a_mask_goes_on()
    {
        var full = new byte[Shape.Count];
        Array.Fill(full, (byte)1);
        var eroded = new byte[Shape.Count];
        Morphology.Erode(full, Shape, Spacing, 3, 1, eroded);
        Assert.Equal(full, eroded);
    }

    [Fact]
    public void Threads_change_no_voxel()
    {
        var mask = TestGrids.RandomMask(Shape, 24, 0.02);
        var (one, two) = (new byte[mask.Length], new byte[mask.Length]);
        Morphology.Close(mask, Shape, Spacing, 3, 1, one);
        Morphology.Close(mask, Shape, Spacing, 3, 2, two);
        Assert.Equal(one, two);
    }
}
