using System.Globalization;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>Where masks lie, and whether that is in the series.</summary>
internal static class MaskPlace
{
    /// <exception cref="InputRefusedException">The series forms no volume.</exception>
    public static VolumeGeometry GridOf(SourceSeries series)
    {
        if (series.Manifest.Geometry is { } grid)
        {
            return grid;
        }

        var (reason, cause) = series.Manifest.GeometryProblem ?? (InputReasons.NotAnImage, "no images");
        throw new InputRefusedException(reason, cause);
    }

    /// <summary>The part of a mask that holds something, as a volume of its own; null where it is empty.</summary>
    public static Volume<byte>? Crop(VolumeGeometry grid, ReadOnlySpan<byte> mask)
    {
        var box = new VoxelBox();
        for (var at = 0; at < mask.Length; at++)
        {
            if (mask[at] != 0)
            {
                box.Add(at, grid);
            }
        }

        if (box.IsEmpty)
        {
            return null;
        }

        var cropped = new Volume<byte>(box.Grid(grid));
        for (var slice = 0; slice < cropped.Geometry.Slices; slice++)
        {
            for (var row = 0; row < cropped.Geometry.Rows; row++)
            {
                var from = checked((int)box.IndexIn(grid, row, slice));
                var target = cropped.Slice(slice).Slice(row * cropped.Geometry.Columns, cropped.Geometry.Columns);
                for (var column = 0; column < target.Length; column++)
                {
                    target[column] = (byte)(mask[from + column] != 0 ? 1 : 0);
                }
            }
        }

        return cropped;
    }

    /// <exception cref="InputRefusedException">No voxel of any segment lies in the series; the message says where both lie.</exception>
    public static void DemandOverlap(IReadOnlyList<GivenSegment> segments, VolumeGeometry grid, string path)
    {
        if (segments.Count == 0)
        {
            throw new InputRefusedException(InputReasons.BadLabels, "no segment holds a voxel", path);
        }

        if (segments.Any(segment => Overlaps(segment.Mask, grid)))
        {
            return;
        }

        throw new InputRefusedException(
            InputReasons.BadLabels,
            $"the segments lie at {Extent(segments.Select(segment => segment.Mask.Geometry))}, the series at {Extent([grid])}: they do not overlap",
            path);
    }

    private static bool Overlaps(Volume<byte> mask, VolumeGeometry grid)
    {
        var own = mask.Geometry;
        for (var slice = 0; slice < own.Slices; slice++)
        {
            for (var row = 0; row < own.Rows; row++)
            {
                for (var column = 0; column < own.Columns; column++)
                {
                    if (mask[column, row, slice] != 0 && Holds(grid, own.ToPatient(column, row, slice)))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>Within half a voxel of a voxel's centre: where resampling by the nearest neighbour would find it.</summary>
    private static bool Holds(VolumeGeometry grid, Point3 point)
    {
        var (column, row, slice) = grid.ToIndex(point);
        return column >= -0.5 && column < grid.Columns - 0.5
            && row >= -0.5 && row < grid.Rows - 0.5
            && slice >= -0.5 && slice < grid.Slices - 0.5;
    }

    private static string Extent(IEnumerable<VolumeGeometry> grids)
    {
        var boxes = grids.Select(Grids.BoundingBox).ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"x {boxes.Min(b => b.Low.X):F0}..{boxes.Max(b => b.High.X):F0}, ")
            + string.Create(CultureInfo.InvariantCulture, $"y {boxes.Min(b => b.Low.Y):F0}..{boxes.Max(b => b.High.Y):F0}, ")
            + string.Create(CultureInfo.InvariantCulture, $"z {boxes.Min(b => b.Low.Z):F0}..{boxes.Max(b => b.High.Z):F0} mm");
    }
}
