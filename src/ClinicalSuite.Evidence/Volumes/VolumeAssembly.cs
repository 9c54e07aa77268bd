using System.Globalization;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Planes to a regular grid, or the named reason why they form none. Knows no file and no tag.</summary>
internal static class VolumeAssembly
{
    /// <summary>
    /// A plane may lie this share of the slice spacing off the regular grid, and at least <see cref="FloorMm"/>:
    /// senders round positions to 0.01 mm and coarser.
    /// </summary>
    private const double PositionTolerance = 0.02;

    private const double FloorMm = 0.02;

    /// <summary>Direction cosines written with four digits differ by this much.</summary>
    private const double DirectionTolerance = 1e-3;

    /// <summary>Below this the shear of a whole stack stays within rounding of positions.</summary>
    private const double TiltToleranceDegrees = 0.2;

    public static VolumeGeometry? Assemble(
        IReadOnlyList<PlaneFacts> all, out IReadOnlyList<SourceSlice> slices, out (Code Reason, string Cause)? problem)
    {
        slices = [];
        var planes = all.Where(plane => !plane.IsLocalizer).ToList();
        problem = Unfit(all, planes) ?? Mixed(planes);
        if (problem is not null)
        {
            return null;
        }

        var first = planes[0];
        var normal = Normal(first);
        var sorted = planes
            .OrderBy(plane => plane.Position!.Value.Dot(normal))
            .ThenBy(plane => plane.Instance.SopInstanceUid, StringComparer.Ordinal)
            .ThenBy(plane => plane.Frame)
            .ToList();
        problem = Uneven(sorted, normal) ?? Tilted(sorted, normal);
        if (problem is not null)
        {
            return null;
        }

        slices = [.. sorted.Select(plane => new SourceSlice(
            plane.Instance, plane.Frame, plane.Position!.Value, plane.RescaleSlope, plane.RescaleIntercept))];
        var length = (sorted[^1].Position!.Value - sorted[0].Position!.Value).Dot(normal);
        return new VolumeGeometry(
            first.Columns, first.Rows, sorted.Count, sorted[0].Position!.Value,
            first.RowDirection!.Value.Normalized() * first.ColumnSpacingMm!.Value,
            first.ColumnDirection!.Value.Normalized() * first.RowSpacingMm!.Value,
            normal * (length / (sorted.Count - 1)));
    }

    private static (Code Reason, string Cause)? Unfit(IReadOnlyList<PlaneFacts> all, List<PlaneFacts> planes)
    {
        if (all.Count == 0)
        {
            return (InputReasons.NotAnImage, "no image among the instances");
        }

        if (planes.Count == 0)
        {
            return (InputReasons.Localizer, Text($"all {all.Count} images are localizers"));
        }

        var missing = planes.Where(plane => !HasGeometry(plane)).ToList();
        if (missing.Count > 0)
        {
            return (InputReasons.NoGeometry,
                Text($"{missing.Count} of {planes.Count} images lack position, orientation or pixel spacing, ")
                + Text($"first {missing[0].Instance.File}"));
        }

        return planes.Count < 2 ? (InputReasons.TooFewSlices, Text($"{planes.Count} slice, needed 2")) : null;
    }

    private static (Code Reason, string Cause)? Mixed(List<PlaneFacts> planes)
    {
        var first = planes[0];
        foreach (var plane in planes)
        {
            if ((plane.Rows, plane.Columns) != (first.Rows, first.Columns))
            {
                return (InputReasons.MixedSize,
                    Text($"{first.Columns} x {first.Rows} and {plane.Columns} x {plane.Rows} pixels"));
            }

            if (!Close(plane.RowSpacingMm!.Value, first.RowSpacingMm!.Value)
                || !Close(plane.ColumnSpacingMm!.Value, first.ColumnSpacingMm!.Value))
            {
                return (InputReasons.MixedSize,
                    Text($"pixel spacing {first.RowSpacingMm} x {first.ColumnSpacingMm} mm ")
                    + Text($"and {plane.RowSpacingMm} x {plane.ColumnSpacingMm} mm"));
            }

            var turn = Math.Max(
                (plane.RowDirection!.Value.Normalized() - first.RowDirection!.Value.Normalized()).Length,
                (plane.ColumnDirection!.Value.Normalized() - first.ColumnDirection!.Value.Normalized()).Length);
            if (turn > DirectionTolerance)
            {
                return (InputReasons.MixedOrientation,
                    Text($"orientations up to {Degrees(2 * Math.Asin(Math.Min(1, turn / 2))):F1} degrees apart"));
            }
        }

        return null;
    }

    private static (Code Reason, string Cause)? Uneven(List<PlaneFacts> sorted, Point3 normal)
    {
        var heights = sorted.Select(plane => plane.Position!.Value.Dot(normal)).ToArray();
        var increments = heights.Skip(1).Zip(heights, (next, previous) => next - previous).ToArray();
        var (smallest, largest) = (increments.Min(), increments.Max());
        if (smallest < FloorMm / 2)
        {
            var at = Array.IndexOf(increments, smallest);
            return (InputReasons.DuplicatePosition,
                Text($"{increments.Count(step => step < FloorMm / 2) + 1} slices share a position, ")
                + Text($"first {sorted[at].Instance.File} and {sorted[at + 1].Instance.File}"));
        }

        var regular = (heights[^1] - heights[0]) / increments.Length;
        var tolerance = Math.Max(FloorMm, PositionTolerance * regular);
        for (var slice = 0; slice < heights.Length; slice++)
        {
            if (Math.Abs(heights[slice] - heights[0] - (slice * regular)) > tolerance)
            {
                var widest = Array.IndexOf(increments, largest);
                return (InputReasons.SliceGap,
                    Text($"slice increments from {smallest:0.###} to {largest:0.###} mm, ")
                    + Text($"the widest after slice {widest + 1} of {heights.Length}"));
            }
        }

        return null;
    }

    /// <summary>The slices of a tilted gantry are stacked askew: the step between them is not along their normal.</summary>
    private static (Code Reason, string Cause)? Tilted(List<PlaneFacts> sorted, Point3 normal)
    {
        var span = sorted[^1].Position!.Value - sorted[0].Position!.Value;
        var height = span.Dot(normal);
        var askew = (span - (normal * height)).Length;
        var degrees = Degrees(Math.Atan2(askew, height));
        if (degrees > TiltToleranceDegrees && askew > FloorMm * 2)
        {
            return (InputReasons.GantryTilt, Text($"slices stacked {degrees:F1} degrees off their normal"));
        }

        // A stack whose ends agree may still have planes moved sideways in between.
        foreach (var plane in sorted)
        {
            var offset = plane.Position!.Value - sorted[0].Position!.Value;
            var aside = (offset - (span * (offset.Dot(normal) / height))).Length;
            if (aside > Math.Max(FloorMm * 5, 0.1 * sorted[0].ColumnSpacingMm!.Value))
            {
                return (InputReasons.MixedOrientation, Text($"a slice lies {aside:0.##} mm beside the others"));
            }
        }

        return null;
    }

    private static bool HasGeometry(PlaneFacts plane) =>
        plane is { Position: not null, RowSpacingMm: > 0, ColumnSpacingMm: > 0, Rows: > 0, Columns: > 0 }
        && plane is { RowDirection: { } along, ColumnDirection: { } down }
        && Math.Abs(along.Length - 1) < 0.01 && Math.Abs(down.Length - 1) < 0.01
        && Math.Abs(along.Dot(down)) < 0.01;

    private static Point3 Normal(PlaneFacts plane) =>
        plane.RowDirection!.Value.Cross(plane.ColumnDirection!.Value).Normalized();

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-4 * Math.Max(a, b);

    private static double Degrees(double radians) => radians * 180 / Math.PI;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
