using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms;
using ClinicalSuite.Phantoms.Abdomen;
using ClinicalSuite.Phantoms.Trees;
using Xunit;

namespace ClinicalSuite.Science.Tests.Phantoms;

public sealed class CtLiverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_voxel_of_one_tree_has_a_neighbour_of_the_other(int seed)
    {
        var phantom = SmallLivers.Of((ulong)seed);
        var labels = phantom.Labels;
        var grid = GridShape.Of(labels.Geometry);
        var touching = 0;
        for (var i = 0; i < labels.VoxelArray.Length; i++)
        {
            touching += labels.VoxelArray[i] == CtLiverLabel.HepaticVein && HasPortalNeighbour(labels, grid, i) ? 1 : 0;
        }

        Assert.Equal(0, touching);
        Assert.True(phantom.VolumeMl(CtLiverLabel.PortalVein) > 10 && phantom.VolumeMl(CtLiverLabel.HepaticVein) > 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_walls_of_the_two_trees_keep_a_voxel_diagonal_apart(int seed)
    {
        var phantom = SmallLivers.Of((ulong)seed);
        var closest = double.MaxValue;
        for (var i = 0; i < phantom.Hepatic.Nodes.Count; i++)
        {
            for (var j = 0; j < phantom.Portal.Nodes.Count; j++)
            {
                var axes = phantom.Portal.AxisDistance(j, phantom.Hepatic.Nodes[i].Position);
                closest = Math.Min(closest, axes - phantom.Hepatic.RadiusMm(i) - phantom.Portal.RadiusMm(j));
            }
        }

        Assert.True(closest >= new Point3(2.5, 2.5, 3).Length, $"{closest:F2} mm apart");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_fork_obeys_Murrays_law(int seed)
    {
        var phantom = SmallLivers.Of((ulong)seed);
        foreach (var tree in (VesselTree[])[phantom.Portal, phantom.Hepatic])
        {
            var branches = tree.Branches();
            var fed = branches.Where(b => b.Parent >= 0).GroupBy(b => b.Parent).ToList();
            Assert.True(fed.Count > 50, $"{fed.Count} forks");
            foreach (var children in fed)
            {
                var cubes = children.Sum(child => Math.Pow(child.RadiusMm, 3));
                Assert.Equal(Math.Pow(branches[children.Key].RadiusMm, 3), cubes, 1e-9);
            }
        }
    }

    /// <summary>Against CT of people without portal hypertension: portal vein 36.9 +- 16.0 ml, hepatic veins 35.3 +- 21.5 ml.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Volumes_are_those_of_people(int seed)
    {
        var phantom = SmallLivers.Of(new CtLiverSettings { Seed = (ulong)seed, SpacingMm = 1.5, SliceMm = 2 });

        Assert.InRange(phantom.VolumeMl(CtLiverLabel.Liver, CtLiverLabel.PortalVein, CtLiverLabel.HepaticVein, CtLiverLabel.Lesion), 1200, 2000);
        Assert.InRange(phantom.VolumeMl(CtLiverLabel.PortalVein, CtLiverLabel.PortalVeinOutside), 21, 53);
        Assert.InRange(phantom.VolumeMl(CtLiverLabel.HepaticVein), 14, 57);
        Assert.InRange(phantom.VolumeMl(CtLiverLabel.Spleen), 120, 350);
        Assert.InRange(phantom.VolumeMl(CtLiverLabel.Kidney), 200, 450);
    }

    /// <summary>Half of a voxel in a vessel makes it one, so pieces of tube and voxels fill the same space but for what rounding does to thin ones.</summary>
    [Fact]
    public void Voxels_of_a_tree_fill_its_tubes()
    {
        var phantom = SmallLivers.Of(new CtLiverSettings { Seed = 1, SpacingMm = 1.5, SliceMm = 2 });
        var tubes = 0.0;
        for (var i = 0; i < phantom.Hepatic.Nodes.Count; i++)
        {
            var (column, row, slice) = phantom.Labels.Geometry.ToIndex(phantom.Hepatic.Nodes[i].Position);
            var label = phantom.Labels[(int)Math.Round(column), (int)Math.Round(row), (int)Math.Round(slice)];
            if (phantom.Hepatic.Nodes[i].Parent >= 0 && label != CtLiverLabel.Cava)
            {
                var radius = phantom.Hepatic.RadiusMm(i);
                tubes += Math.PI * radius * radius * (phantom.Hepatic.Nodes[i].Position - phantom.Hepatic.Parent(i)).Length / 1000;
            }
        }

        // At forks tubes overlap.
        Assert.Equal(tubes, phantom.VolumeMl(CtLiverLabel.HepaticVein), 0.15 * tubes);
    }

    [Fact]
    public void Organs_lie_where_they_lie_in_a_supine_patient()
    {
        var labels = SmallLivers.Of(1).Labels;
        var (liver, spleen, lungs) = (Centre(labels, CtLiverLabel.Liver), Centre(labels, CtLiverLabel.Spleen), Centre(labels, CtLiverLabel.Lung));
        var (aorta, cava, bone) = (Centre(labels, CtLiverLabel.Aorta), Centre(labels, CtLiverLabel.Cava), Centre(labels, CtLiverLabel.Bone));

        Assert.True(liver.X < -20, "liver on the right");
        Assert.True(spleen.X > 50 && spleen.Y > 10, "spleen left and behind");
        Assert.True(lungs.Z > liver.Z + 30, "lungs above");
        Assert.True(cava.X < aorta.X, "cava right of the aorta");
        Assert.True(bone.Y > aorta.Y, "spine behind the vessels");
    }

    [Fact]
    public void Each_organ_has_the_CT_number_of_the_portal_phase()
    {
        var phantom = SmallLivers.Of(1);

        Assert.Equal(105, Median(phantom, CtLiverLabel.Liver), 3.0);
        Assert.Equal(120, Median(phantom, CtLiverLabel.Spleen), 5.0);
        Assert.Equal(158, Median(phantom, CtLiverLabel.Aorta), 8.0);
        Assert.Equal(-840, Median(phantom, CtLiverLabel.Lung), 15.0);
        Assert.InRange(Median(phantom, CtLiverLabel.PortalVein), 130, 185);
    }

    [Fact]
    public void Without_contrast_the_vessels_are_a_little_darker_than_the_liver()
    {
        var native = SmallLivers.Of(SmallLivers.Settings(1) with { Contrast = false });

        Assert.Equal(56, Median(native, CtLiverLabel.Liver), 3.0);
        Assert.InRange(Median(native, CtLiverLabel.PortalVein), 40, 54);
        Assert.Equal(42, Median(native, CtLiverLabel.Aorta), 5.0);
        Assert.Null(native.Baseline);
    }

    [Fact]
    public void Contrast_changes_the_image_and_not_the_anatomy() =>
        Assert.Equal(
            SmallLivers.Of(1).Labels.VoxelArray, SmallLivers.Of(SmallLivers.Settings(1) with { Contrast = false }).Labels.VoxelArray);

    [Fact]
    public void The_same_seed_gives_the_same_voxels_for_any_number_of_threads()
    {
        var settings = new CtLiverSettings { Seed = 4, SpacingMm = 3, SliceMm = 4, Difficulty = PhantomDifficulty.Hard };
        var one = CtLiver.Make(settings, threads: 1);
        var five = CtLiver.Make(settings, threads: 5);

        Assert.Equal(one.Image.VoxelArray, five.Image.VoxelArray);
        Assert.Equal(one.Labels.VoxelArray, five.Labels.VoxelArray);
        Assert.Equal(one.Baseline, five.Baseline);
        Assert.Equal(one.BiasHu, five.BiasHu);
    }

    [Fact]
    public void Another_seed_gives_another_patient()
    {
        var (first, second) = (SmallLivers.Of(1), SmallLivers.Of(2));

        Assert.NotEqual(first.Portal.Nodes[5].Position, second.Portal.Nodes[5].Position);
        Assert.NotEqual(first.VolumeMl(CtLiverLabel.Liver), second.VolumeMl(CtLiverLabel.Liver));
    }

    [Theory]
    [InlineData(0.3, 2)]
    [InlineData(9, 2)]
    [InlineData(2, 9)]
    [InlineData(double.NaN, 2)]
    public void A_spacing_out_of_range_is_refused(double spacingMm, double sliceMm) =>
        Assert.Throws<ArgumentException>(() => CtLiver.Make(new CtLiverSettings { SpacingMm = spacingMm, SliceMm = sliceMm }, 1));

    [Fact]
    public void It_can_be_cancelled() => Assert.Throws<OperationCanceledException>(
        () => CtLiver.Make(new CtLiverSettings(), 1, cancellation: new CancellationToken(canceled: true)));

    private static bool HasPortalNeighbour(Volume<byte> labels, GridShape grid, int voxel)
    {
        var (column, row, slice) = (voxel % grid.Columns, voxel / grid.Columns % grid.Rows, voxel / grid.SliceSize);
        for (var offset = 0; offset < 27; offset++)
        {
            var (x, y, z) = (column + (offset % 3) - 1, row + (offset / 3 % 3) - 1, slice + (offset / 9) - 1);
            if (x >= 0 && y >= 0 && z >= 0 && x < grid.Columns && y < grid.Rows && z < grid.Slices
                && labels[x, y, z] is CtLiverLabel.PortalVein or CtLiverLabel.PortalVeinOutside)
            {
                return true;
            }
        }

        return false;
    }

    private static Point3 Centre(Volume<byte> labels, byte label)
    {
        var (sum, count, geometry) = (default(Point3), 0, labels.Geometry);
        for (var i = 0; i < labels.VoxelArray.Length; i++)
        {
            if (labels.VoxelArray[i] == label)
            {
                sum += geometry.ToPatient(i % geometry.Columns, i / geometry.Columns % geometry.Rows, i / (geometry.Columns * geometry.Rows));
                count++;
            }
        }

        return sum * (1.0 / count);
    }

    private static double Median(CtLiverPhantom phantom, byte label)
    {
        var values = new List<float>();
        for (var i = 0; i < phantom.Labels.VoxelArray.Length; i++)
        {
            if (phantom.Labels.VoxelArray[i] == label)
            {
                values.Add(phantom.Image.VoxelArray[i]);
            }
        }

        return OrderStatistics.Median([.. values]);
    }
}
