namespace ClinicalSuite.Imaging;

/// <summary>Continues values that are known inside a mask to the whole grid, step by step over faces.</summary>
public static class NearestExtension
{
    /// <summary>Gives each voxel outside the mask the value of a nearest voxel inside (city-block distance). Changes <paramref name="values"/>.</summary>
    /// <exception cref="ArgumentException">Spans that do not hold the shape, or a mask without voxels.</exception>
    public static void Extend(ReadOnlySpan<byte> mask, GridShape shape, Span<float> values)
    {
        if (values.Length != shape.Count || mask.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {mask.Length} and {values.Length} for {shape.Count} voxels");
        }

        var known = mask.ToArray();
        var queue = new Queue<int>();
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i] != 0)
            {
                queue.Enqueue(i);
            }
        }

        if (queue.Count == 0)
        {
            throw new ArgumentException("nothing to extend from: the mask is empty");
        }

        while (queue.TryDequeue(out var i))
        {
            var column = i % shape.Columns;
            var row = i / shape.Columns % shape.Rows;
            var slice = i / shape.SliceSize;
            Offer(column > 0, i, i - 1, values);
            Offer(column < shape.Columns - 1, i, i + 1, values);
            Offer(row > 0, i, i - shape.Columns, values);
            Offer(row < shape.Rows - 1, i, i + shape.Columns, values);
            Offer(slice > 0, i, i - shape.SliceSize, values);
            Offer(slice < shape.Slices - 1, i, i + shape.SliceSize, values);
        }

        void Offer(bool exists, int from, int to, Span<float> voxels)
        {
            if (exists && known[to] == 0)
            {
                known[to] = 1;
                voxels[to] = voxels[from];
                queue.Enqueue(to);
            }
        }
    }
}
