using System.Buffers;

namespace ClinicalSuite.Imaging;

/// <summary>Separable Gaussian smoothing; the border is continued by reflection at its edge (c b a | a b c).</summary>
public static class GaussianFilter
{
    // Weights beyond 4 sigma are below 4e-4 of the centre.
    private const double Reach = 4;

    /// <summary>Smooths a volume. <paramref name="destination"/> may be <paramref name="source"/>.</summary>
    /// <param name="sigma">Standard deviations along column, row and slice, in voxels; 0 leaves an axis as it is.</param>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static unsafe void Smooth(
        ReadOnlySpan<float> source,
        GridShape shape,
        (double Column, double Row, double Slice) sigma,
        int threads,
        Span<float> destination)
    {
        if (source.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {source.Length} and {destination.Length} for {shape.Count} voxels");
        }

        source.CopyTo(destination);
        fixed (float* start = destination)
        {
            var voxels = new PinnedSpan<float>(start, shape.Count);
            var (alongColumns, alongRows, alongSlices) = (Weights(sigma.Column), Weights(sigma.Row), Weights(sigma.Slice));
            WorkSplit.Run(shape.Slices, threads, (from, to) =>
            {
                for (var slice = from; slice < to; slice++)
                {
                    var plane = voxels.Span.Slice(slice * shape.SliceSize, shape.SliceSize);
                    SmoothColumns(plane, shape, alongColumns);
                    SmoothStacked(plane, shape.Columns, shape.Rows, shape.Columns, alongRows);
                }
            });
            WorkSplit.Run(shape.Rows, threads, (from, to) =>
            {
                for (var row = from; row < to; row++)
                {
                    var rows = voxels.Span[(row * shape.Columns)..];
                    SmoothStacked(rows, shape.Columns, shape.Slices, shape.SliceSize, alongSlices);
                }
            });
        }
    }

    /// <summary>Smooths by the same width in mm along each axis.</summary>
    public static void Smooth(
        ReadOnlySpan<float> source, GridShape shape, SpacingMm spacing, double sigmaMm, int threads, Span<float> destination) =>
        Smooth(
            source,
            shape,
            (sigmaMm / spacing.Column, sigmaMm / spacing.Row, sigmaMm / spacing.Slice),
            threads,
            destination);

    /// <summary>Weights of offsets 0..radius; the whole filter (each but the first twice) sums to one.</summary>
    internal static float[] Weights(double sigma)
    {
        var radius = sigma <= 0 ? 0 : (int)((Reach * sigma) + 0.5);
        var weights = new double[radius + 1];
        var sum = 0.0;
        for (var k = 0; k <= radius; k++)
        {
            weights[k] = radius == 0 ? 1 : Math.Exp(-0.5 * k * k / (sigma * sigma));
            sum += k == 0 ? weights[k] : 2 * weights[k];
        }

        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }

    private static void SmoothColumns(Span<float> plane, GridShape shape, float[] weights)
    {
        var radius = weights.Length - 1;
        if (radius == 0)
        {
            return;
        }

        var padded = ArrayPool<float>.Shared.Rent(shape.Columns + (2 * radius));
        for (var row = 0; row < shape.Rows; row++)
        {
            var line = plane.Slice(row * shape.Columns, shape.Columns);
            for (var i = 0; i < shape.Columns + (2 * radius); i++)
            {
                padded[i] = line[Reflect(i - radius, shape.Columns)];
            }

            RowArithmetic.Multiply(padded.AsSpan(radius), weights[0], line);
            for (var k = 1; k <= radius; k++)
            {
                RowArithmetic.AddWeightedPair(padded.AsSpan(radius - k), padded.AsSpan(radius + k), weights[k], line);
            }
        }

        ArrayPool<float>.Shared.Return(padded);
    }

    /// <summary>Smooths across <paramref name="count"/> rows of <paramref name="columns"/> numbers that lie <paramref name="stride"/> apart.</summary>
    private static void SmoothStacked(Span<float> rows, int columns, int count, int stride, float[] weights)
    {
        if (weights.Length == 1)
        {
            return;
        }

        var copy = ArrayPool<float>.Shared.Rent(columns * count);
        for (var i = 0; i < count; i++)
        {
            rows.Slice(i * stride, columns).CopyTo(copy.AsSpan(i * columns));
        }

        for (var i = 0; i < count; i++)
        {
            var line = rows.Slice(i * stride, columns);
            RowArithmetic.Multiply(copy.AsSpan(i * columns), weights[0], line);
            for (var k = 1; k < weights.Length; k++)
            {
                var (before, after) = (Reflect(i - k, count), Reflect(i + k, count));
                RowArithmetic.AddWeightedPair(copy.AsSpan(before * columns), copy.AsSpan(after * columns), weights[k], line);
            }
        }

        ArrayPool<float>.Shared.Return(copy);
    }

    private static int Reflect(int index, int count)
    {
        while (index < 0 || index >= count)
        {
            index = index < 0 ? -1 - index : (2 * count) - 1 - index;
        }

        return index;
    }
}
