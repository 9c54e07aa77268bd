using ClinicalSuite.Evidence.Arrays;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.RawData;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>An .npy file (slice, row, column) as mask or label map; a .json beside it says where it lies and what its numbers are.</summary>
internal static class NumpyLabels
{
    /// <param name="series">The grid of the source series, on which an array of its shape without a .json lies.</param>
    public static IReadOnlyList<GivenSegment> Read(string path, string? name, VolumeGeometry series)
    {
        var array = RawFiles.Open(path, file => NumpyArray.Open(file));
        if (array.Shape.Count != 3 || array.IsComplex)
        {
            throw new InputRefusedException(
                InputReasons.BadLabels, $"an array of {string.Join(" x ", array.Shape)} {array.Type}, needed (slice, row, column) of real numbers", path);
        }

        var described = ArrayDescription.Beside(path);
        var grid = described?.Grid(array.Shape) ?? (array.Shape.SequenceEqual([series.Slices, series.Rows, series.Columns])
            ? series
            : throw new InputRefusedException(
                InputReasons.NoGeometry,
                $"no .json beside it gives an affine, and its shape {string.Join(" x ", array.Shape)} is not that of the series, "
                    + $"{series.Slices} x {series.Rows} x {series.Columns}",
                path));
        var values = array.ToSingle();
        return name is null && described is { Segments.Count: > 0 }
            ? Named(described.Segments, values, grid, path)
            : LabelNumbers.Split(values, grid, name, path);
    }

    private static List<GivenSegment> Named(
        IReadOnlyList<ArraySegment> segments, float[] values, VolumeGeometry grid, string path)
    {
        var present = LabelNumbers.Numbers(values, path);
        var source = LabelNumbers.Source(path);
        var given = new List<GivenSegment>();
        foreach (var segment in segments)
        {
            var numbers = segment.Includes.Append(segment.Number).Intersect(present).ToList();
            if (numbers.Count > 0)
            {
                given.Add(new GivenSegment(segment.Label, segment.Code, LabelNumbers.Only(values, grid, numbers), source));
            }
        }

        return given;
    }
}
