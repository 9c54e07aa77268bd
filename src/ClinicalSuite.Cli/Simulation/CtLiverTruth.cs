using System.Text.Json;
using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms.Abdomen;
using ClinicalSuite.Phantoms.Trees;

namespace ClinicalSuite.Cli.Simulation;

/// <summary>What is known of a synthetic abdomen beside its labels: <c>truth.json</c> and the vessels in <c>graph.json</c>.</summary>
internal static class CtLiverTruth
{
    private static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(string folder, CtLiverPhantom phantom)
    {
        Save(Path.Combine(folder, "truth.json"), Truth(phantom));
        Save(Path.Combine(folder, "graph.json"), Graph(phantom));
    }

    private static object Truth(CtLiverPhantom phantom)
    {
        var grid = phantom.Image.Geometry;
        return new
        {
            Kind = CtLiverFiles.Kind.Name,
            Use = "synthetic phantom, no patient; research use",
            phantom.Settings.Seed,
            Difficulty = phantom.Settings.Difficulty.ToString().ToLowerInvariant(),
            phantom.Settings.Contrast,
            SpacingMm = grid.ColumnSpacingMm,
            SliceMm = grid.SliceSpacingMm,
            BiasHu = Rounded(phantom.BiasHu),
            CutoffBaseline = phantom.Baseline is { } baseline
                ? new
                {
                    Dice = Rounded(baseline.Dice),
                    baseline.CutoffHu,
                    baseline.SigmaVoxels,
                    DiceWithoutBias = Rounded(baseline.DiceWithoutBias),
                }
                : null,
            VolumesMl = CtLiverSegments.All.Select(segment => new
            {
                segment.Number,
                segment.Label,
                VolumeMl = Rounded(phantom.VolumeMl([(byte)segment.Number, .. segment.Includes.Select(inner => (byte)inner)])),
            }),
            Lesions = phantom.Lesions.Select(lesion => new
            {
                Centre = Coordinates(lesion.Centre),
                RadiusMm = Rounded(lesion.RadiusMm),
                AddedHu = Rounded(lesion.AddedHu),
                RimHu = Rounded(lesion.RimHu),
                lesion.Labelled,
            }),
        };
    }

    private static object Graph(CtLiverPhantom phantom)
    {
        var nodes = new List<Point3>();
        var branches = new List<object>();
        AddTree("portal", phantom.Portal, nodes, branches);
        AddTree("hepatic", phantom.Hepatic, nodes, branches);
        return new { Nodes = nodes.Select(Coordinates), Branches = branches };
    }

    private static void AddTree(string name, VesselTree tree, List<Point3> nodes, List<object> branches)
    {
        var first = branches.Count;
        var ends = new List<int>();
        foreach (var branch in tree.Branches())
        {
            var from = branch.Parent < 0 ? Add(branch.Points[0]) : ends[branch.Parent];
            ends.Add(Add(branch.Points[^1]));
            branches.Add(new
            {
                Number = branches.Count,
                Tree = name,
                Parent = branch.Parent < 0 ? -1 : first + branch.Parent,
                From = from,
                To = ends[^1],
                Order = branch.StrahlerOrder,
                RadiusMm = Rounded(branch.RadiusMm),
                Points = branch.Points.Select(Coordinates),
            });
        }

        int Add(Point3 point)
        {
            nodes.Add(point);
            return nodes.Count - 1;
        }
    }

    private static double[] Coordinates(Point3 point) => [Rounded(point.X), Rounded(point.Y), Rounded(point.Z)];

    private static double Rounded(double value) => Math.Round(value, 3);

    private static void Save(string path, object content) => File.WriteAllText(path, JsonSerializer.Serialize(content, Format) + "\n");
}
