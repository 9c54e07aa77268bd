using ClinicalSuite.Imaging;
using Xunit;

namespace ClinicalSuite.Science.Tests.Imaging;

public sealed class ConnectedComponentsTests
{
    [Theory]
    [InlineData(Connectivity.Faces6, 31, 0.3)]
    [InlineData(Connectivity.Faces6, 32, 0.6)]
    [InlineData(Connectivity.All26, 33, 0.08)]
    [InlineData(Connectivity.All26, 34, 0.2)]
    public void Components_are_those_of_a_flood_fill_numbered_by_their_first_voxel(Connectivity connectivity, int seed, double share)
    {
        var shape = TestGrids.Odd;
        var mask = TestGrids.RandomMask(shape, seed, share);
        var labels = new int[shape.Count];
        var sizes = ConnectedComponents.Label(mask, shape, connectivity, labels);

        var expected = Flood(mask, shape, connectivity);
        Assert.Equal(expected, labels);
        Assert.Equal(expected.Max() + 1, sizes.Length);
        Assert.All(Enumerable.Range(0, sizes.Length), n => Assert.Equal(expected.Count(label => label == n), sizes[n]));
    }

    [Fact]
    public void Voxels_that_share_a_corner_touch_by_26_neighbours_only()
    {
        var shape = new GridShape(2, 2, 2);
        byte[] mask = [1, 0, 0, 0, 0, 0, 0, 1];
        var labels = new int[8];
        Assert.Equal([6, 2], ConnectedComponents.Label(mask, shape, Connectivity.All26, labels));
        Assert.Equal([6, 1, 1], ConnectedComponents.Label(mask, shape, Connectivity.Faces6, labels));
    }

    [Fact]
    public void Of_equally_large_components_the_first_is_kept()
    {
        var shape = new GridShape(5, 1, 1);
        byte[] mask = [1, 1, 0, 1, 1];
        Assert.Equal(2, ConnectedComponents.KeepLargest(mask, shape, Connectivity.Faces6, mask));
        Assert.Equal([1, 1, 0, 0, 0], mask);
        Assert.Equal(0, ConnectedComponents.KeepLargest(new byte[5], shape, Connectivity.Faces6, mask));
        Assert.All(mask, voxel => Assert.Equal(0, voxel));
    }

    private static int[] Flood(byte[] mask, GridShape shape, Connectivity connectivity)
    {
        var labels = new int[mask.Length];
        var count = 0;
        for (var seed = 0; seed < mask.Length; seed++)
        {
            if (mask[seed] == 0 || labels[seed] != 0)
            {
                continue;
            }

            var stack = new Stack<int>([seed]);
            labels[seed] = ++count;
            while (stack.TryPop(out var i))
            {
                for (var j = 0; j < mask.Length; j++)
                {
                    if (mask[j] != 0 && labels[j] == 0 && Touch(i, j, shape, connectivity))
                    {
                        labels[j] = count;
                        stack.Push(j);
                    }
                }
            }
        }

        return labels;
    }

    private static bool Touch(int i, int j, GridShape shape, Connectivity connectivity)
    {
        var ((x, y, z), (u, v, w)) = (TestGrids.At(i, shape), TestGrids.At(j, shape));
        var (dx, dy, dz) = (Math.Abs(x - u), Math.Abs(y - v), Math.Abs(z - w));
        return connectivity == Connectivity.Faces6 ? dx + dy + dz == 1 : Math.Max(dx, Math.Max(dy, dz)) == 1;
    }
}
