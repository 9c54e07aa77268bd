namespace ClinicalSuite.Imaging;

/// <summary>Values of one grid at the voxel centres of another.</summary>
public static class Resampling
{
    /// <summary>
    /// Trilinear interpolation. Within half a voxel beyond the outermost centres the border value holds; farther out it is
    /// <paramref name="outside"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Spans that do not hold their grids.</exception>
    public static unsafe void Linear(
        ReadOnlySpan<float> source,
        VolumeGeometry sourceGrid,
        VolumeGeometry targetGrid,
        float outside,
        int threads,
        Span<float> destination)
    {
        var (from, to) = (GridShape.Of(sourceGrid), GridShape.Of(targetGrid));
        Demand(source.Length, from, destination.Length, to);
        fixed (float* sourceStart = source)
        fixed (float* destinationStart = destination)
        {
            var values = new PinnedSpan<float>(sourceStart, source.Length);
            var result = new PinnedSpan<float>(destinationStart, destination.Length);
            WorkSplit.Run(to.Rows * to.Slices, threads, (first, last) =>
            {
                for (var line = first; line < last; line++)
                {
                    var walk = Walk.Along(targetGrid, sourceGrid, line);
                    var row = result.Span.Slice(line * to.Columns, to.Columns);
                    for (var column = 0; column < row.Length; column++)
                    {
                        row[column] = Interpolate(values.Span, from, walk.At(column), outside);
                    }
                }
            });
        }
    }

    /// <summary>The value of the nearest voxel; 0 more than half a voxel outside the source grid.</summary>
    /// <exception cref="ArgumentException">Spans that do not hold their grids.</exception>
    public static unsafe void Nearest(
        ReadOnlySpan<byte> source, VolumeGeometry sourceGrid, VolumeGeometry targetGrid, int threads, Span<byte> destination)
    {
        var (from, to) = (GridShape.Of(sourceGrid), GridShape.Of(targetGrid));
        Demand(source.Length, from, destination.Length, to);
        fixed (byte* sourceStart = source)
        fixed (byte* destinationStart = destination)
        {
            var values = new PinnedSpan<byte>(sourceStart, source.Length);
            var result = new PinnedSpan<byte>(destinationStart, destination.Length);
            WorkSplit.Run(to.Rows * to.Slices, threads, (first, last) =>
            {
                for (var line = first; line < last; line++)
                {
                    var walk = Walk.Along(targetGrid, sourceGrid, line);
                    var row = result.Span.Slice(line * to.Columns, to.Columns);
                    for (var column = 0; column < row.Length; column++)
                    {
                        var (x, y, z) = walk.At(column);
                        var (i, j, k) = ((int)Math.Floor(x + 0.5), (int)Math.Floor(y + 0.5), (int)Math.Floor(z + 0.5));
                        var inside = i >= 0 && i < from.Columns && j >= 0 && j < from.Rows && k >= 0 && k < from.Slices;
                        row[column] = inside ? values.Span[(((k * from.Rows) + j) * from.Columns) + i] : (byte)0;
                    }
                }
            });
        }
    }

    private static void Demand(int sourceLength, GridShape source, int destinationLength, GridShape destination)
    {
        if (sourceLength != source.Count || destinationLength != destination.Count)
        {
            throw new ArgumentException(
                $"spans of {sourceLength} and {destinationLength} for {source.Count} and {destination.Count} voxels");
        }
    }

    private static float Interpolate(
        ReadOnlySpan<float> values, GridShape shape, (double Column, double Row, double Slice) at, float outside)
    {
        if (!TryClamp(at.Column, shape.Columns, out var i, out var u)
            || !TryClamp(at.Row, shape.Rows, out var j, out var v)
            || !TryClamp(at.Slice, shape.Slices, out var k, out var w))
        {
            return outside;
        }

        var right = i + 1 < shape.Columns ? 1 : 0;
        var down = j + 1 < shape.Rows ? shape.Columns : 0;
        var up = k + 1 < shape.Slices ? shape.SliceSize : 0;
        var start = (((k * shape.Rows) + j) * shape.Columns) + i;
        var near = Plane(values, start, right, down, u, v);
        return near + ((Plane(values, start + up, right, down, u, v) - near) * w);
    }

    private static float Plane(ReadOnlySpan<float> values, int start, int right, int down, float u, float v)
    {
        var top = values[start] + ((values[start + right] - values[start]) * u);
        var bottom = values[start + down] + ((values[start + down + right] - values[start + down]) * u);
        return top + ((bottom - top) * v);
    }

    private static bool TryClamp(double at, int count, out int index, out float fraction)
    {
        // A rounding error of the affine must not throw the outermost samples away.
        const double Tolerance = 1e-6;
        var clamped = Math.Clamp(at, 0, count - 1);
        index = (int)clamped;
        fraction = (float)(clamped - index);
        return at >= -0.5 - Tolerance && at <= count - 0.5 + Tolerance;
    }

    /// <summary>The positions, as indices of one grid, of the voxels along a row of another.</summary>
    private readonly record struct Walk((double Column, double Row, double Slice) Start, (double Column, double Row, double Slice) Step)
    {
        public static Walk Along(VolumeGeometry target, VolumeGeometry source, int line)
        {
            var (row, slice) = (line % target.Rows, line / target.Rows);
            var start = source.ToIndex(target.ToPatient(0, row, slice));
            var next = source.ToIndex(target.ToPatient(1, row, slice));
            return new Walk(start, (next.Column - start.Column, next.Row - start.Row, next.Slice - start.Slice));
        }

        public (double Column, double Row, double Slice) At(int column) =>
            (Start.Column + (column * Step.Column), Start.Row + (column * Step.Row), Start.Slice + (column * Step.Slice));
    }
}
