namespace ClinicalSuite.Imaging;

/// <summary>Length of the gradient by central differences (one-sided at the border).</summary>
public static class GradientMagnitude
{
    /// <param name="values">An image smoothed by the caller to the scale wanted.</param>
    /// <param name="destination">Change per mm.</param>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static unsafe void OfSmoothed(
        ReadOnlySpan<float> values, GridShape shape, SpacingMm spacing, int threads, Span<float> destination)
    {
        if (values.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {values.Length} and {destination.Length} for {shape.Count} voxels");
        }

        fixed (float* valueStart = values, destinationStart = destination)
        {
            var image = new PinnedSpan<float>(valueStart, values.Length);
            var result = new PinnedSpan<float>(destinationStart, destination.Length);
            WorkSplit.Run(shape.Rows * shape.Slices, threads, (from, to) =>
            {
                for (var line = from; line < to; line++)
                {
                    Row(image.Span, shape, spacing, line, result.Span.Slice(line * shape.Columns, shape.Columns));
                }
            });
        }
    }

    private static void Row(ReadOnlySpan<float> values, GridShape shape, SpacingMm spacing, int line, Span<float> destination)
    {
        var (row, slice) = (line % shape.Rows, line / shape.Rows);
        var start = line * shape.Columns;
        var (up, down) = (row > 0 ? shape.Columns : 0, row < shape.Rows - 1 ? shape.Columns : 0);
        var (below, above) = (slice > 0 ? shape.SliceSize : 0, slice < shape.Slices - 1 ? shape.SliceSize : 0);
        var perRow = (float)(1 / (spacing.Row * Math.Max(1, (up + down) / shape.Columns)));
        var perSlice = (float)(1 / (spacing.Slice * Math.Max(1, (below + above) / shape.SliceSize)));
        for (var column = 0; column < shape.Columns; column++)
        {
            var i = start + column;
            var (left, right) = (column > 0 ? 1 : 0, column < shape.Columns - 1 ? 1 : 0);
            var perColumn = (float)(1 / (spacing.Column * Math.Max(1, left + right)));
            var x = (values[i + right] - values[i - left]) * perColumn;
            var y = (values[i + down] - values[i - up]) * perRow;
            var z = (values[i + above] - values[i - below]) * perSlice;
            destination[column] = MathF.Sqrt((x * x) + (y * y) + (z * z));
        }
    }
}
