using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class ResamplingTests
{
    private static readonly VolumeGeometry Oblique = new(
        12, 10, 8, new Point3(-20, 5, 40), new Point3(1.2, 0.5, 0), new Point3(-0.4, 0.9, 0.3), new Point3(0.1, -0.5, 2.2));

    [Fact]
    public void Patient_and_index_coordinates_are_inverse_on_an_oblique_grid()
    {
        var (column, row, slice) = Oblique.ToIndex(Oblique.ToPatient(3.25, 7.5, -2));
        Assert.Equal((3.25, 7.5, -2.0), (Math.Round(column, 9), Math.Round(row, 9), Math.Round(slice, 9)));
    }

    [Fact]
    public void A_linear_function_of_place_is_reproduced_between_oblique_voxels()
    {
        var source = Linear(Oblique);
        var target = VolumeGeometry.Axial(9, 7, 11, 0.6, 0.5, 0.4, Oblique.ToPatient(4, 3, 2));
        var result = new float[target.VoxelCount];
        Resampling.Linear(source, Oblique, target, float.NaN, 1, result);
        var expected = Linear(target);
        var inside = 0;
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y, z) = TestGrids.At(i, GridShape.Of(target));
            var at = Oblique.ToIndex(target.ToPatient(x, y, z));
            if (at.Column is >= 0 and <= 11 && at.Row is >= 0 and <= 9 && at.Slice is >= 0 and <= 7)
            {
                Assert.Equal(expected[i], result[i], 1e-4);
                inside++;
            }
        }

        Assert.True(inside > 300);
    }

    [Fact]
    public void The_border_holds_for_half_a_voxel_and_then_it_is_outside()
    {
        var line = VolumeGeometry.Axial(3, 1, 1, 1, 1, 1, default);
        var fine = VolumeGeometry.Axial(9, 1, 1, 0.5, 1, 1, new Point3(-1, 0, 0));
        var result = new float[9];
        Resampling.Linear([1f, 2f, 4f], line, fine, -9, 1, result);
        Assert.Equal([-9, 1, 1, 1.5f, 2, 3, 4, 4, -9], result);
    }

    [Fact]
    public void The_nearest_voxel_is_taken_and_beyond_the_grid_there_is_none()
    {
        var line = VolumeGeometry.Axial(3, 1, 1, 1, 1, 1, default);
        var shifted = VolumeGeometry.Axial(5, 1, 1, 1, 1, 1, new Point3(-0.9, 0, 0));
        var result = new byte[5];
        Resampling.Nearest([1, 2, 3], line, shifted, 1, result);
        Assert.Equal([0, 1, 2, 3, 0], result);
    }

    [Fact]
    public void A_grid_along_flipped_axes_finds_the_same_places()
    {
        var values = TestGrids.Noise(GridShape.Of(Oblique), 51);
        var flipped = new VolumeGeometry(
            12, 10, 8, Oblique.ToPatient(11, 9, 7), Oblique.ColumnStep * -1, Oblique.RowStep * -1, Oblique.SliceStep * -1);
        var result = new float[values.Length];
        Resampling.Linear(values, Oblique, flipped, 0, 1, result);
        Array.Reverse(result);
        Assert.All(values.Zip(result), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var values = TestGrids.Noise(GridShape.Of(Oblique), 52);
        var (low, high) = Grids.BoundingBox(Oblique);
        var target = Grids.Isotropic(low, high, 0.7);
        var (one, two) = (new float[target.VoxelCount], new float[target.VoxelCount]);
        Resampling.Linear(values, Oblique, target, 0, 1, one);
        Resampling.Linear(values, Oblique, target, 0, 2, two);
        Assert.Equal(one, two);
    }

    [Fact]
    public void An_isotropic_grid_covers_the_box_and_smooths_only_what_it_coarsens()
    {
        var (low, high) = Grids.BoundingBox(Oblique);
        var grid = Grids.Isotropic(low, high, 2);
        var (gridLow, gridHigh) = Grids.BoundingBox(grid);
        Assert.Equal(low, gridLow);
        Assert.True(gridHigh.X >= high.X && gridHigh.Y >= high.Y && gridHigh.Z >= high.Z);

        var fine = VolumeGeometry.Axial(4, 4, 4, 1, 2, 3, default);
        Assert.Equal((0.5 * Math.Sqrt(3), 0, 0), Grids.AntiAliasSigma(fine, 2));
    }

    private static float[] Linear(VolumeGeometry grid) => TestGrids.Fill(GridShape.Of(grid), (x, y, z) =>
    {
        var p = grid.ToPatient(x, y, z);
        return (float)((0.5 * p.X) - (0.25 * p.Y) + (2 * p.Z) + 3);
    });
}
