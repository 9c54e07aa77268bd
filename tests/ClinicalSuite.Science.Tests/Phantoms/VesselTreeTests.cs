using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms.Trees;
using Xunit;

namespace ClinicalSuite.Science.Tests.Phantoms;

public sealed class VesselTreeTests
{
    [Fact]
    public void A_fork_widens_everything_towards_the_root()
    {
        var tree = new VesselTree(1);
        tree.Add(-1, [new(0, 0, 0), new(0, 0, 5), new(0, 0, 10)]);
        tree.Add(1, [new(4, 0, 8)]);

        Assert.Equal(Math.Cbrt(2), tree.RadiusMm(1), 1e-12);
        Assert.Equal(1, tree.RadiusMm(2), 1e-12);
        Assert.Equal(1, tree.RadiusMm(3), 1e-12);
    }

    [Fact]
    public void A_path_from_an_end_lengthens_the_vessel_and_feeds_no_more()
    {
        var tree = new VesselTree(1);
        var end = tree.Add(-1, [new(0, 0, 0), new(0, 0, 5)]);
        tree.Add(end, [new(0, 0, 10)]);

        Assert.Equal(1, tree.Nodes[0].Terminals);
        Assert.Equal([new Point3(0, 0, 0), new(0, 0, 5), new(0, 0, 10)], Assert.Single(tree.Branches()).Points);
    }

    /// <summary>A trunk that forks into one end and a branch that forks again.</summary>
    [Fact]
    public void Branches_run_from_fork_to_fork_and_know_their_order()
    {
        var tree = new VesselTree(1);
        tree.Add(-1, [new(0, 0, 0), new(0, 0, 5), new(0, 0, 10), new(0, 0, 15)]);
        tree.Add(1, [new(5, 0, 10), new(10, 0, 15), new(15, 0, 20)]);
        tree.Add(5, [new(12, 5, 20)]);
        var branches = tree.Branches();

        Assert.Equal(5, branches.Count);
        Assert.Equal([-1, 0, 0, 2, 2], branches.Select(b => b.Parent));
        Assert.Equal([2, 1, 2, 1, 1], branches.Select(b => b.StrahlerOrder));
        Assert.Equal(branches[0].Points[^1], branches[1].Points[0]);
        Assert.Equal(branches[0].Points[^1], branches[2].Points[0]);
        Assert.Equal(branches[2].Points[^1], branches[4].Points[0]);
    }

    [Fact]
    public void Each_root_begins_a_branch_of_its_own()
    {
        var tree = new VesselTree(1);
        tree.Add(-1, [new(0, 0, 0), new(0, 0, 5)]);
        tree.Add(-1, [new(9, 0, 0), new(9, 0, 5), new(9, 0, 9)]);

        Assert.Equal([-1, -1], tree.Branches().Select(b => b.Parent));
        Assert.Equal([2, 3], tree.Branches().Select(b => b.Points.Count));
    }
}
