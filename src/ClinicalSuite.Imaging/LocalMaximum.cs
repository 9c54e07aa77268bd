namespace ClinicalSuite.Imaging;

/// <summary>Largest value in a ball around each voxel (grey dilation).</summary>
public static class LocalMaximum
{
    /// <param name="radiusVoxels">Radius of the ball, voxels; a voxel on the border counts. Beyond the grid there is nothing.</param>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static unsafe void InBall(
        ReadOnlySpan<float> values, GridShape shape, double radiusVoxels, int threads, Span<float> destination)
    {
        if (values.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {values.Length} and {destination.Length} for {shape.Count} voxels");
        }

        var offsets = Offsets(radiusVoxels);
        fixed (float* valueStart = values, destinationStart = destination)
        {
            var image = new PinnedSpan<float>(valueStart, values.Length);
            var result = new PinnedSpan<float>(destinationStart, destination.Length);
            WorkSplit.Run(shape.Rows * shape.Slices, threads, (from, to) =>
            {
                for (var line = from; line < to; line++)
                {
                    RowMaximum(image.Span, shape, line, offsets, result.Span.Slice(line * shape.Columns, shape.Columns));
                }
            });
        }
    }

    private static void RowMaximum(
        ReadOnlySpan<float> values, GridShape shape, int line, (int Column, int Row, int Slice)[] offsets, Span<float> maximum)
    {
        var (row, slice) = (line % shape.Rows, line / shape.Rows);
        values.Slice(line * shape.Columns, shape.Columns).CopyTo(maximum);
        foreach (var (columnStep, rowStep, sliceStep) in offsets)
        {
            var (y, z) = (row + rowStep, slice + sliceStep);
            if (y < 0 || y >= shape.Rows || z < 0 || z >= shape.Slices)
            {
                continue;
            }

            var other = values.Slice(((z * shape.Rows) + y) * shape.Columns, shape.Columns);
            var (first, last) = (Math.Max(0, -columnStep), shape.Columns - Math.Max(0, columnStep));
            if (first < last)
            {
                RowArithmetic.Maximum(other[(first + columnStep)..], maximum[first..last]);
            }
        }
    }

    private static (int Column, int Row, int Slice)[] Offsets(double radius)
    {
        var reach = (int)radius;
        var offsets = new List<(int Column, int Row, int Slice)>();
        for (var slice = -reach; slice <= reach; slice++)
        {
            for (var row = -reach; row <= reach; row++)
            {
                for (var column = -reach; column <= reach; column++)
                {
                    if ((column * column) + (row * row) + (slice * slice) <= radius * radius)
                    {
                        offsets.Add((column, row, slice));
                    }
                }
            }
        }

        return [.. offsets];
    }
}
