using System.Globalization;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>
/// The planes of a segmentation as places of a regular stack. Frames come in any order, and planes that hold nothing are left out, so the
/// step between planes is not simply the distance of neighbours.
/// </summary>
internal sealed class SegmentationGrid
{
    /// <summary>A plane may lie this share of a step beside its place: senders round positions to 0.01 mm and coarser.</summary>
    private const double Tolerance = 0.05;

    private readonly VolumeGeometry _first;

    private SegmentationGrid(VolumeGeometry first) => _first = first;

    /// <param name="plane">Size, steps along a row and down a column; the origin plays no part.</param>
    /// <param name="series">The images' grid: where the planes coincide with it, theirs is exactly this one.</param>
    /// <param name="statedStepMm">SpacingBetweenSlices, where stated.</param>
    /// <returns>Null and the cause where the planes form no stack.</returns>
    public static (SegmentationGrid? Grid, string? Cause) Of(
        VolumeGeometry plane, IReadOnlyList<Point3> positions, VolumeGeometry series, double? statedStepMm)
    {
        if (Coincides(plane, series) && positions.All(position => PlaceIn(series, position) is not null))
        {
            return (new SegmentationGrid(series), null);
        }

        var normal = plane.ColumnStep.Cross(plane.RowStep).Normalized();
        var heights = positions.Select(position => position.Dot(normal)).Distinct().Order().ToList();
        var gaps = heights.Skip(1).Zip(heights, (next, previous) => next - previous).Where(gap => gap > 0.01).ToList();
        double[] steps = [statedStepMm ?? 0, gaps.Count > 0 ? gaps.Min() : 0, series.SliceSpacingMm];
        foreach (var step in steps.Where(step => step > 0.01))
        {
            var lowest = positions.MinBy(position => position.Dot(normal));
            var grid = new VolumeGeometry(
                plane.Columns, plane.Rows, 1, lowest, plane.ColumnStep, plane.RowStep, normal * step);
            if (positions.All(position => PlaceIn(grid, position) is not null))
            {
                return (new SegmentationGrid(grid), null);
            }
        }

        return (null, string.Create(CultureInfo.InvariantCulture,
            $"the planes are unevenly spaced: distances from {gaps.DefaultIfEmpty().Min():0.###} to {gaps.DefaultIfEmpty().Max():0.###} mm"));
    }

    /// <summary>The place of a plane; negative below the first.</summary>
    public int Place(Point3 position) => PlaceIn(_first, position)!.Value;

    /// <summary>The stack of planes from one place to another.</summary>
    public VolumeGeometry Stack(int from, int to) => new(
        _first.Columns, _first.Rows, to - from + 1,
        _first.Origin + (_first.SliceStep * from), _first.ColumnStep, _first.RowStep, _first.SliceStep);

    private static bool Coincides(VolumeGeometry plane, VolumeGeometry series) =>
        (plane.Columns, plane.Rows) == (series.Columns, series.Rows)
        && (plane.ColumnStep - series.ColumnStep).Length * plane.Columns < 0.5 * series.ColumnSpacingMm
        && (plane.RowStep - series.RowStep).Length * plane.Rows < 0.5 * series.RowSpacingMm;

    private static int? PlaceIn(VolumeGeometry grid, Point3 position)
    {
        var (column, row, slice) = grid.ToIndex(position);
        var nearest = Math.Round(slice);
        return Math.Abs(column) < Tolerance && Math.Abs(row) < Tolerance && Math.Abs(slice - nearest) < Tolerance && Math.Abs(nearest) < 100_000
            ? (int)nearest
            : null;
    }
}
