namespace ClinicalSuite.Imaging;

/// <summary>Median of the masked voxels in a ball around each masked voxel.</summary>
public static class LocalMedian
{
    /// <param name="radiusVoxels">Radius of the ball, voxels; a voxel on the border counts.</param>
    /// <param name="destination">Where the mask is 0 it is set to 0.</param>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static unsafe void InBall(
        ReadOnlySpan<float> values,
        ReadOnlySpan<byte> mask,
        GridShape shape,
        double radiusVoxels,
        int threads,
        Span<float> destination)
    {
        if (values.Length != shape.Count || mask.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException(
                $"spans of {values.Length}, {mask.Length} and {destination.Length} for {shape.Count} voxels");
        }

        var chords = Chords(radiusVoxels);
        fixed (float* valueStart = values, destinationStart = destination)
        fixed (byte* maskStart = mask)
        {
            var image = new PinnedSpan<float>(valueStart, values.Length);
            var inside = new PinnedSpan<byte>(maskStart, mask.Length);
            var result = new PinnedSpan<float>(destinationStart, destination.Length);
            WorkSplit.Run(shape.Rows * shape.Slices, threads, (from, to) =>
            {
                var scratch = new float[chords.Sum(chord => (2 * chord.Half) + 1)];
                for (var line = from; line < to; line++)
                {
                    for (var column = 0; column < shape.Columns; column++)
                    {
                        var i = (line * shape.Columns) + column;
                        result.Span[i] = inside.Span[i] == 0
                            ? 0
                            : MedianAround(image.Span, inside.Span, shape, column, line, chords, scratch);
                    }
                }
            });
        }
    }

    private static float MedianAround(
        ReadOnlySpan<float> values,
        ReadOnlySpan<byte> mask,
        GridShape shape,
        int column,
        int line,
        (int Row, int Slice, int Half)[] chords,
        float[] scratch)
    {
        var (row, slice) = (line % shape.Rows, line / shape.Rows);
        var count = 0;
        foreach (var (rowStep, sliceStep, half) in chords)
        {
            var (y, z) = (row + rowStep, slice + sliceStep);
            if (y < 0 || y >= shape.Rows || z < 0 || z >= shape.Slices)
            {
                continue;
            }

            var start = ((z * shape.Rows) + y) * shape.Columns;
            for (var x = Math.Max(0, column - half); x <= Math.Min(shape.Columns - 1, column + half); x++)
            {
                if (mask[start + x] != 0)
                {
                    scratch[count++] = values[start + x];
                }
            }
        }

        return OrderStatistics.Median(scratch.AsSpan(0, count));
    }

    private static (int Row, int Slice, int Half)[] Chords(double radius)
    {
        var reach = (int)radius;
        var chords = new List<(int Row, int Slice, int Half)>();
        for (var slice = -reach; slice <= reach; slice++)
        {
            for (var row = -reach; row <= reach; row++)
            {
                var rest = (radius * radius) - (row * row) - (slice * slice);
                if (rest >= 0)
                {
                    chords.Add((row, slice, (int)Math.Sqrt(rest)));
                }
            }
        }

        return [.. chords];
    }
}
