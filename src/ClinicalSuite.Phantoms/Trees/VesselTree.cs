using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Trees;

/// <summary>
/// A vessel tree, or several with their roots. Every terminal carries the same flow and radii follow Murray's law with
/// exponent 3 (Murray 1926): radius = terminal radius * cube root of the terminals fed.
/// </summary>
public sealed class VesselTree(double terminalRadiusMm)
{
    private readonly List<VesselNode> _nodes = [];

    public double TerminalRadiusMm { get; } = terminalRadiusMm;

    /// <summary>Parents come before their children.</summary>
    public IReadOnlyList<VesselNode> Nodes => _nodes;

    /// <summary>Of the piece between a node and its parent, mm.</summary>
    public double RadiusMm(int node) => RadiusFor(_nodes[node].Terminals);

    public double RadiusFor(int terminals) => TerminalRadiusMm * Math.Cbrt(terminals);

    public Point3 Parent(int node) => _nodes[Math.Max(_nodes[node].Parent, 0)].Position;

    /// <summary>Adds a path from a node (-1: a new root) and one terminal at its end, whose flow is added along the way to the root.</summary>
    /// <returns>The index of the last node.</returns>
    public int Add(int from, IEnumerable<Point3> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var last = from;
        foreach (var position in path)
        {
            _nodes.Add(new VesselNode(position, last, 1));
            last = _nodes.Count - 1;
        }

        for (var i = from; i >= 0; i = _nodes[i].Parent)
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
}
