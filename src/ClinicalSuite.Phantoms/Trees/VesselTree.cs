using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Trees;

/// <summary>
/// A vessel tree, or several with their roots. Every terminal carries the same flow and radii follow Murray's law with
/// exponent 3 (Murray 1926): radius = terminal radius * cube root of the terminals fed.
/// </summary>
public sealed class VesselTree(double terminalRadiusMm)
{
    private readonly List<VesselNode> _nodes = [];
    private readonly List<bool> _isEnd = [];

    public double TerminalRadiusMm { get; } = terminalRadiusMm;

    /// <summary>Parents come before their children.</summary>
    public IReadOnlyList<VesselNode> Nodes => _nodes;

    /// <summary>Of the piece between a node and its parent, mm.</summary>
    public double RadiusMm(int node) => RadiusFor(_nodes[node].Terminals);

    public double RadiusFor(int terminals) => TerminalRadiusMm * Math.Cbrt(terminals);

    public Point3 Parent(int node) => _nodes[Math.Max(_nodes[node].Parent, 0)].Position;

    public bool IsEnd(int node) => _isEnd[node];

    /// <summary>
    /// Adds a path from a node (-1: a new root). From an end it lengthens the vessel; elsewhere it makes a fork and one
    /// terminal more, whose flow is added along the way to the root.
    /// </summary>
    /// <returns>The index of the last node.</returns>
    public int Add(int from, IEnumerable<Point3> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var isFork = from >= 0 && !_isEnd[from];
        var last = from;
        foreach (var position in path)
        {
            if (last >= 0)
            {
                _isEnd[last] = false;
            }

            _nodes.Add(new VesselNode(position, last, 1));
            _isEnd.Add(true);
            last = _nodes.Count - 1;
        }

        for (var i = from; isFork && i >= 0; i = _nodes[i].Parent)
        {
            _nodes[i] = _nodes[i] with { Terminals = _nodes[i].Terminals + 1 };
        }

        return last;
    }

    /// <summary>Distance of a point from the axis of the piece between a node and its parent, mm.</summary>
    public double AxisDistance(int node, Point3 point)
    {
        var (position, parent) = (_nodes[node].Position, _nodes[node].Parent);
        return parent < 0 ? (point - position).Length : Shapes.Segment(point, position, _nodes[parent].Position).Distance;
    }

    /// <summary>The tree as branches between forks; parents come before their children.</summary>
    public IReadOnlyList<VesselBranch> Branches()
    {
        var children = new List<int>[_nodes.Count];
        for (var i = 0; i < _nodes.Count; i++)
        {
            children[i] = [];
            if (_nodes[i].Parent >= 0)
            {
                children[_nodes[i].Parent].Add(i);
            }
        }

        var orders = StrahlerOrders(children);
        var branches = new List<VesselBranch>();
        var branchOf = new int[_nodes.Count];
        for (var i = 0; i < _nodes.Count; i++)
        {
            var parent = _nodes[i].Parent;
            if (parent >= 0 && _nodes[parent].Parent >= 0 && children[parent].Count == 1)
            {
                continue; // within a branch that has been followed
            }

            branchOf[i] = branches.Count;
            var points = new List<Point3>();
            if (parent >= 0)
            {
                points.Add(_nodes[parent].Position);
            }

            var last = i;
            for (points.Add(_nodes[last].Position); children[last].Count == 1 && _nodes[last].Parent >= 0; points.Add(_nodes[last].Position))
            {
                last = children[last][0];
                branchOf[last] = branches.Count;
            }

            if (points.Count > 1)
            {
                branches.Add(new VesselBranch(
                    _nodes[parent].Parent < 0 ? -1 : branchOf[parent], orders[i], RadiusMm(i), points));
            }
        }

        return branches;
    }

    private int[] StrahlerOrders(List<int>[] children)
    {
        var orders = new int[_nodes.Count];
        for (var i = _nodes.Count - 1; i >= 0; i--)
        {
            var highest = children[i].Select(child => orders[child]).DefaultIfEmpty(0).Max();
            var meeting = children[i].Count(child => orders[child] == highest);
            orders[i] = highest == 0 ? 1 : meeting > 1 ? highest + 1 : highest;
        }

        return orders;
    }
}
