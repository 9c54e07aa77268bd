using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class WatershedTests
{
    [Fact]
    public void Two_markers_meet_on_the_ridge_wherever_they_stand()
    {
        var shape = new GridShape(20, 5, 4);
        var relief = TestGrids.Fill(shape, (x, _, _) => x == 13 ? 10f : 0.01f * x);
        var labels = new byte[shape.Count];
        labels[0] = 1;
        labels[shape.Count - 1] = 2;
        Watershed.Flood(relief, shape, 0.01f, labels);
        Assert.All(Enumerable.Range(0, labels.Length), i =>
        {
            var column = i % shape.Columns;
            Assert.True(column == 13 ? labels[i] is 1 or 2 : labels[i] == (column < 13 ? 1 : 2));
        });
    }

    [Fact]
    public void Each_voxel_goes_to_the_marker_with_the_lowest_pass()
    {
        // One row: marker 1, a wall of 5, a pit, a wall of 3, marker 2. The pit is reached over the wall of 3 first.
        var shape = new GridShape(7, 1, 1);
        float[] relief = [0, 5, 0, 0, 0, 3, 0];
        byte[] labels = [1, 0, 0, 0, 0, 0, 2];
        Watershed.Flood(relief, shape, 1, labels);
        Assert.Equal([1, 1, 2, 2, 2, 2, 2], labels);
    }

    [Fact]
    public void A_dumbbell_splits_at_a_narrow_neck_only()
    {
        var shape = new GridShape(41, 15, 15);
        Assert.Equal(2, Pieces(neck: 2, out var narrow));
        Assert.Equal(1, Pieces(neck: 5.5, out _));
        var (left, right) = (narrow[Center(10)], narrow[Center(30)]);
        Assert.NotEqual(left, right);
        Assert.Equal(left, narrow[Center(14)]);
        Assert.Equal(right, narrow[Center(26)]);

        int Center(int column) => (7 * shape.SliceSize) + (7 * shape.Columns) + column;

        int Pieces(double neck, out int[] pieces)
        {
            var mask = TestGrids.Fill(shape, (x, y, z) =>
            {
                double across = ((y - 7) * (y - 7)) + ((z - 7) * (z - 7));
                var inBall = Math.Min((x - 10) * (x - 10), (x - 30) * (x - 30)) + across <= 36;
                return (byte)(inBall || (x is > 10 and < 30 && across <= neck * neck) ? 1 : 0);
            });
            var depth = new float[mask.Length];
            DistanceTransform.Squared(Array.ConvertAll(mask, v => (byte)(1 - v)), shape, SpacingMm.Isotropic(1), 1, depth);
            for (var i = 0; i < depth.Length; i++)
            {
                depth[i] = MathF.Log(1 + MathF.Sqrt(depth[i]));
            }

            pieces = new int[mask.Length];
            return Watershed.SplitByPeaks(depth, mask, shape, 0.2f, pieces);
        }
    }

    [Fact]
    public void Peaks_lower_than_the_dynamics_belong_to_their_neighbours()
    {
        var shape = new GridShape(9, 1, 1);
        float[] height = [1, 5, 3, 4, 1, 1, 6, 2, 1];
        byte[] mask = [1, 1, 1, 1, 1, 1, 1, 1, 0];
        var domains = new int[9];
        Assert.Equal(3, Watershed.SplitByPeaks(height, mask, shape, 0.5f, domains));
        Assert.Equal(2, Watershed.SplitByPeaks(height, mask, shape, 2f, domains));
        Assert.Equal([2, 2, 2, 2], domains[..4]);
        Assert.Equal([1, 1, 0], domains[6..]);
    }
}
