using System.Numerics;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Trees;

/// <summary>
/// How much of each voxel of a slice lies in a vessel: 64 points per voxel, one bit each, so that pieces that overlap at a
/// fork count once and thin vessels get their true share.
/// </summary>
internal sealed class VesselOccupancy
{
    public const int PointsPerVoxel = 64;

    private const int Subdivision = 4;
    private readonly VolumeGeometry _geometry;
    private readonly (Point3 From, Point3 To, double RadiusMm)[] _pieces;
    private readonly Point3[] _offsets = new Point3[PointsPerVoxel];
    private readonly double _halfDiagonalMm;

    /// <param name="geometry">Along the patient's axes.</param>
    public VesselOccupancy(VolumeGeometry geometry, params ReadOnlySpan<VesselTree> trees)
    {
        _geometry = geometry;
        var pieces = new List<(Point3, Point3, double)>();
        foreach (var tree in trees)
        {
            for (var node = 0; node < tree.Nodes.Count; node++)
            {
                if (tree.Nodes[node].Parent >= 0)
                {
                    pieces.Add((tree.Parent(node), tree.Nodes[node].Position, tree.RadiusMm(node)));
                }
            }
        }

        _pieces = [.. pieces];
        var spacing = new Point3(geometry.ColumnSpacingMm, geometry.RowSpacingMm, geometry.SliceSpacingMm);
        _halfDiagonalMm = spacing.Length / 2;
        for (var i = 0; i < PointsPerVoxel; i++)
        {
            _offsets[i] = new Point3(spacing.X * Offset(i), spacing.Y * Offset(i / Subdivision), spacing.Z * Offset(i / (Subdivision * Subdivision)));
        }

        static double Offset(int i) => (((i % Subdivision) + 0.5) / Subdivision) - 0.5;
    }

    /// <summary>Points in a vessel, 0 to <see cref="PointsPerVoxel"/>, for each voxel of the slice.</summary>
    public void Count(int slice, Span<byte> points)
    {
        var bits = new ulong[points.Length];
        foreach (var (from, to, radius) in _pieces)
        {
            Mark(slice, from, to, radius, bits);
        }

        for (var i = 0; i < bits.Length; i++)
        {
            points[i] = (byte)BitOperations.PopCount(bits[i]);
        }
    }

    private void Mark(int slice, Point3 from, Point3 to, double radiusMm, ulong[] bits)
    {
        var reach = radiusMm + _halfDiagonalMm;
        var z = _geometry.Origin.Z + (slice * _geometry.SliceSpacingMm);
        if (Math.Min(from.Z, to.Z) > z + reach || Math.Max(from.Z, to.Z) < z - reach)
        {
            return;
        }

        var (column0, column1) = Range(from.X, to.X, reach, _geometry.Origin.X, _geometry.ColumnSpacingMm, _geometry.Columns);
        var (row0, row1) = Range(from.Y, to.Y, reach, _geometry.Origin.Y, _geometry.RowSpacingMm, _geometry.Rows);
        for (var row = row0; row <= row1; row++)
        {
            for (var column = column0; column <= column1; column++)
            {
                var centre = _geometry.ToPatient(column, row, slice);
                var distance = Shapes.Segment(centre, from, to).Distance;
                ref var voxel = ref bits[(row * _geometry.Columns) + column];
                if (distance < radiusMm - _halfDiagonalMm)
                {
                    voxel = ulong.MaxValue;
                }
                else if (distance < reach)
                {
                    voxel |= PointsWithin(centre, from, to, radiusMm);
                }
            }
        }
    }

    private ulong PointsWithin(Point3 centre, Point3 from, Point3 to, double radiusMm)
    {
        var bits = 0UL;
        for (var i = 0; i < PointsPerVoxel; i++)
        {
            bits |= Shapes.Segment(centre + _offsets[i], from, to).Distance <= radiusMm ? 1UL << i : 0;
        }

        return bits;
    }

    private static (int First, int Last) Range(double a, double b, double reach, double origin, double spacing, int count) => (
        (int)Math.Max(0, Math.Ceiling((Math.Min(a, b) - reach - origin) / spacing)),
        (int)Math.Min(count - 1, Math.Floor((Math.Max(a, b) + reach - origin) / spacing)));
}
