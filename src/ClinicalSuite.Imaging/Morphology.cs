namespace ClinicalSuite.Imaging;

/// <summary>
/// Binary morphology with Euclidean balls (radius in mm, border included), through the exact distance transform. Masks are 0 or 1.
/// Beyond the grid a mask is taken to go on as it is at the border. Destinations may be the source.
/// </summary>
public static class Morphology
{
    public static void Dilate(
        ReadOnlySpan<byte> mask, GridShape shape, SpacingMm spacing, double radiusMm, int threads, Span<byte> destination) =>
        WithinBall(mask, shape, spacing, radiusMm, threads, near: 1, destination);

    public static void Erode(
        ReadOnlySpan<byte> mask, GridShape shape, SpacingMm spacing, double radiusMm, int threads, Span<byte> destination)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            destination[i] = (byte)(mask[i] == 0 ? 1 : 0);
        }

        WithinBall(destination, shape, spacing, radiusMm, threads, near: 0, destination);
    }

    public static void Open(
        ReadOnlySpan<byte> mask, GridShape shape, SpacingMm spacing, double radiusMm, int threads, Span<byte> destination)
    {
        Erode(mask, shape, spacing, radiusMm, threads, destination);
        Dilate(destination, shape, spacing, radiusMm, threads, destination);
    }

    public static void Close(
        ReadOnlySpan<byte> mask, GridShape shape, SpacingMm spacing, double radiusMm, int threads, Span<byte> destination)
    {
        Dilate(mask, shape, spacing, radiusMm, threads, destination);
        Erode(destination, shape, spacing, radiusMm, threads, destination);
    }

    /// <summary>Fills, slice by slice, what is not connected (4 neighbours) with the border of the slice.</summary>
    public static void FillHolesBySlice(ReadOnlySpan<byte> mask, GridShape shape, Span<byte> destination)
    {
        mask.CopyTo(destination);
        var outside = new byte[shape.SliceSize];
        var stack = new Stack<int>();
        for (var slice = 0; slice < shape.Slices; slice++)
        {
            var plane = destination.Slice(slice * shape.SliceSize, shape.SliceSize);
            Array.Clear(outside);
            FloodFromBorder(plane, shape, outside, stack);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = (byte)(1 - outside[i]);
            }
        }
    }

    private static void FloodFromBorder(ReadOnlySpan<byte> plane, GridShape shape, byte[] outside, Stack<int> stack)
    {
        for (var column = 0; column < shape.Columns; column++)
        {
            Visit(plane, column);
            Visit(plane, ((shape.Rows - 1) * shape.Columns) + column);
        }

        for (var row = 0; row < shape.Rows; row++)
        {
            Visit(plane, row * shape.Columns);
            Visit(plane, ((row + 1) * shape.Columns) - 1);
        }

        while (stack.TryPop(out var i))
        {
            var (column, row) = (i % shape.Columns, i / shape.Columns);
            if (column > 0)
            {
                Visit(plane, i - 1);
            }

            if (column < shape.Columns - 1)
            {
                Visit(plane, i + 1);
            }

            if (row > 0)
            {
                Visit(plane, i - shape.Columns);
            }

            if (row < shape.Rows - 1)
            {
                Visit(plane, i + shape.Columns);
            }
        }

        void Visit(ReadOnlySpan<byte> voxels, int i)
        {
            if (voxels[i] == 0 && outside[i] == 0)
            {
                outside[i] = 1;
                stack.Push(i);
            }
        }
    }

    private static unsafe void WithinBall(
        ReadOnlySpan<byte> mask,
        GridShape shape,
        SpacingMm spacing,
        double radiusMm,
        int threads,
        byte near,
        Span<byte> destination)
    {
        var squared = System.Buffers.ArrayPool<float>.Shared.Rent(shape.Count);
        DistanceTransform.SquaredWithin(mask, shape, spacing, radiusMm, threads, squared.AsSpan(0, shape.Count));

        // A thousandth of a voxel of tolerance, so that a radius that is a whole number of voxels includes its border.
        var limit = (float)((radiusMm * radiusMm) + (1e-3 * radiusMm * spacing.Column));
        fixed (byte* start = destination)
        {
            var result = new PinnedSpan<byte>(start, destination.Length);
            WorkSplit.Run(shape.Count, threads, (from, to) =>
            {
                var span = result.Span;
                for (var i = from; i < to; i++)
                {
                    span[i] = squared[i] <= limit ? near : (byte)(1 - near);
                }
            });
        }

        System.Buffers.ArrayPool<float>.Shared.Return(squared);
    }
}
