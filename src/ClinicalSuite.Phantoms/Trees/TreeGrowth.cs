using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Trees;

/// <summary>
/// Grows two trees into one organ by constrained constructive optimisation (Schreiner and Buxbaum 1993): terminals are
/// sampled where a tree does not reach yet, each is joined where it adds the least vessel volume, and a branch is refused
/// that would leave the organ or come closer to any other vessel, at the radii of both, than the clearance.
/// </summary>
internal sealed class TreeGrowth
{
    private const double StepMm = 2;
    private const int Candidates = 24;
    private const int TriesPerTerminal = 120;

    // Branches keep this far from the surface of the organ, terminals a little farther.
    private const double WallMm = 2.5;

    // Vessels whose axes are farther apart than this never meet: twice the widest radius and the clearance.
    private const double ReachMm = 16;

    private readonly Func<Point3, double> _organ;
    private readonly (Point3 Low, Point3 High) _box;
    private readonly double _clearanceMm;
    private readonly RandomSequence _random;
    private readonly VesselTree[] _trees;

    // For each node of each tree the nodes of the other within reach, and the distance of the two axes.
    private readonly List<List<(int Node, double Distance)>>[] _near = [[], []];

    /// <param name="organ">Signed distance from the surface of the organ, mm, negative inside.</param>
    /// <param name="clearanceMm">Between the walls of vessels of the two trees.</param>
    public TreeGrowth(
        VesselTree first, VesselTree second, Func<Point3, double> organ, (Point3 Low, Point3 High) box, double clearanceMm, RandomSequence random)
    {
        _trees = [first, second];
        (_organ, _box, _clearanceMm, _random) = (organ, box, clearanceMm, random);
    }

    /// <summary>Adds a large vessel along a smooth curve through the points.</summary>
    /// <returns>The node at its end, or -1 when it would come too close to the other tree; then nothing was added.</returns>
    public int AddStem(int tree, int from, IReadOnlyList<Point3> points)
    {
        Point3[] through = from < 0 ? [.. points] : [_trees[tree].Nodes[from].Position, .. points];
        var path = Curves.Through(through, StepMm);
        return TryAdd(tree, from, from < 0 ? path : path[1..]);
    }

    /// <summary>Lets both trees grow in turn until they have so many terminals, or find no more room.</summary>
    public void Grow(int firstTerminals, int secondTerminals, CancellationToken cancellation)
    {
        int[] wanted = [firstTerminals, secondTerminals];
        for (var round = 0; round < Math.Max(firstTerminals, secondTerminals); round++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var tree = 0; tree < 2; tree++)
            {
                // In step with each other, so that neither takes the room of the other.
                if ((long)round * wanted[tree] / wanted.Max() != (long)(round + 1) * wanted[tree] / wanted.Max())
                {
                    AddTerminal(tree, round + 1.0);
                }
            }
        }
    }

    private void AddTerminal(int tree, double count)
    {
        var extent = _box.High - _box.Low;
        var spacingMm = 0.35 * Math.Cbrt(extent.X * extent.Y * extent.Z / count);
        for (var attempt = 0; attempt < TriesPerTerminal; attempt++)
        {
            var target = new Point3(
                _random.Uniform(_box.Low.X, _box.High.X), _random.Uniform(_box.Low.Y, _box.High.Y), _random.Uniform(_box.Low.Z, _box.High.Z));
            spacingMm *= 0.98;
            if (_organ(target) < -1.5 * WallMm && Join(tree, target, spacingMm))
            {
                return;
            }
        }
    }

    private bool Join(int tree, Point3 target, double spacingMm)
    {
        var nodes = _trees[tree].Nodes;
        var near = new (double Distance, int Node)[nodes.Count];
        for (var i = 0; i < near.Length; i++)
        {
            near[i] = ((nodes[i].Position - target).Length, i);
        }

        Array.Sort(near);
        if (near[0].Distance < spacingMm || !IsClear(tree, [target]))
        {
            return false;
        }

        // The nodes nearest to the target lie in one or two vessels; every third widens the choice.
        var choices = near.Where((n, rank) => rank % 3 == 0 && !_trees[tree].IsEnd(n.Node)).Take(Candidates)
            .Select(n => (Cost: AddedVolume(tree, n.Node, n.Distance), n.Node)).Order().ToArray();
        foreach (var (_, node) in choices)
        {
            var path = Branch(tree, node, target);
            if (path.All(point => _organ(point) < -WallMm) && LeavesItsParent(tree, node, path) && TryAdd(tree, node, path) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private double AddedVolume(int tree, int from, double lengthMm)
    {
        var vessels = _trees[tree];
        var volume = lengthMm * vessels.TerminalRadiusMm * vessels.TerminalRadiusMm;
        for (var i = from; i >= 0 && vessels.Nodes[i].Parent >= 0; i = vessels.Nodes[i].Parent)
        {
            var (now, then) = (vessels.RadiusMm(i), vessels.RadiusFor(vessels.Nodes[i].Terminals + 1));
            volume += (vessels.Nodes[i].Position - vessels.Parent(i)).Length * ((then * then) - (now * now));
        }

        return volume;
    }

    /// <summary>A gently bent path that leaves its parent forwards.</summary>
    private Point3[] Branch(int tree, int from, Point3 target)
    {
        var (start, vessels) = (_trees[tree].Nodes[from].Position, _trees[tree]);
        var length = (target - start).Length;
        var flow = start - vessels.Parent(from);
        var forward = flow.Length > 1e-6 ? flow.Normalized() : (target - start).Normalized();
        var bend = start + (forward * (0.22 * length)) + ((target - start) * 0.28) + _random.Offset(0.06 * length);
        var count = Math.Max(2, (int)Math.Ceiling(length / StepMm));
        return [.. Enumerable.Range(1, count).Select(i => Curves.Quadratic(start, bend, target, (double)i / count))];
    }

    /// <summary>Once away from the fork, the branch keeps clear of its own tree; so forks are open and the tree has no loops.</summary>
    private bool LeavesItsParent(int tree, int from, Point3[] path)
    {
        var vessels = _trees[tree];
        var start = vessels.Nodes[from].Position;
        var fork = 2.2 * (vessels.RadiusMm(from) + vessels.TerminalRadiusMm + 0.5);
        foreach (var point in path)
        {
            if ((point - start).Length < fork)
            {
                continue;
            }

            for (var i = 0; i < vessels.Nodes.Count; i++)
            {
                var room = vessels.RadiusMm(i) + vessels.TerminalRadiusMm + (0.7 * _clearanceMm);
                if ((vessels.Nodes[i].Position - point).Length < room + StepMm && vessels.AxisDistance(i, point) < room)
                {
                    return false;
                }
            }
        }

        return path.Length > 0 && (path[^1] - start).Length > fork;
    }

    private int TryAdd(int tree, int from, Point3[] path)
    {
        if (!IsClear(tree, path) || !HasRoomToWiden(tree, from))
        {
            return -1;
        }

        var last = _trees[tree].Add(from, path);
        for (var i = _near[tree].Count; i <= last; i++)
        {
            _near[tree].Add([]);
            Meet(tree, i);
        }

        return last;
    }

    private bool IsClear(int tree, Point3[] path)
    {
        var (own, other) = (_trees[tree], _trees[1 - tree]);
        foreach (var point in path)
        {
            for (var i = 0; i < other.Nodes.Count; i++)
            {
                // Half a step more: the pieces between the points are as clear as the points.
                var room = own.TerminalRadiusMm + other.RadiusMm(i) + _clearanceMm + (StepMm / 2);
                if ((other.Nodes[i].Position - point).Length < room + StepMm && other.AxisDistance(i, point) < room)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool HasRoomToWiden(int tree, int from)
    {
        var (own, other) = (_trees[tree], _trees[1 - tree]);
        for (var i = from < 0 || own.IsEnd(from) ? -1 : from; i >= 0; i = own.Nodes[i].Parent)
        {
            var radius = own.RadiusFor(own.Nodes[i].Terminals + 1);
            foreach (var (node, distance) in _near[tree][i])
            {
                if (distance < radius + other.RadiusMm(node) + _clearanceMm)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Meet(int tree, int node)
    {
        var (own, other) = (_trees[tree], _trees[1 - tree]);
        for (var i = 0; i < other.Nodes.Count; i++)
        {
            if ((other.Nodes[i].Position - own.Nodes[node].Position).Length > ReachMm + (2 * StepMm))
            {
                continue;
            }

            var distance = Math.Min(own.AxisDistance(node, other.Nodes[i].Position), other.AxisDistance(i, own.Nodes[node].Position));
            _near[tree][node].Add((i, distance));
            _near[1 - tree][i].Add((node, distance));
        }
    }
}
