using System.Buffers;

namespace ClinicalSuite.Imaging;

/// <summary>Exact Euclidean distance to the nearest non-zero voxel of a mask. The border of the grid is not an edge.</summary>
public static class DistanceTransform
{
    /// <summary>What stands for "no such voxel"; squared, so that it can be added to without overflow.</summary>
    public const float Unreached = 1e30f;

    /// <summary>
    /// Squared distances, mm^2; <see cref="Unreached"/> or a larger number where the mask is empty. Linear in the number of
    /// voxels (Felzenszwalb and Huttenlocher 2012, Distance transforms of sampled functions).
    /// </summary>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static unsafe void Squared(
        ReadOnlySpan<byte> mask, GridShape shape, SpacingMm spacing, int threads, Span<float> destination)
    {
        Demand(mask, shape, destination);
        fixed (byte* maskStart = mask)
        fixed (float* start = destination)
        {
            var set = new PinnedSpan<byte>(maskStart, mask.Length);
            var squared = new PinnedSpan<float>(start, destination.Length);
            WorkSplit.Run(shape.Slices, threads, (from, to) =>
            {
                for (var row = from * shape.Rows; row < to * shape.Rows; row++)
                {
                    var line = squared.Span.Slice(row * shape.Columns, shape.Columns);
                    AlongRow(set.Span.Slice(row * shape.Columns, shape.Columns), spacing.Column, line);
                }

                var envelope = new LowerEnvelope(shape.Rows, spacing.Row);
                for (var slice = from; slice < to; slice++)
                {
                    var plane = squared.Span.Slice(slice * shape.SliceSize, shape.SliceSize);
                    for (var column = 0; column < shape.Columns; column++)
                    {
                        envelope.Transform(plane[column..], shape.Columns);
                    }
                }
            });
            WorkSplit.Run(shape.SliceSize, threads, (from, to) =>
            {
                var envelope = new LowerEnvelope(shape.Slices, spacing.Slice);
                for (var column = from; column < to; column++)
                {
                    envelope.Transform(squared.Span[column..], shape.SliceSize);
                }
            });
        }
    }

    /// <summary>
    /// Squared distances, mm^2, exact where they do not exceed <paramref name="radiusMm"/>; larger numbers elsewhere. Costs
    /// grow with the radius, yet all of it is vector work: much faster than <see cref="Squared"/> for the radii of morphology.
    /// </summary>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static unsafe void SquaredWithin(
        ReadOnlySpan<byte> mask, GridShape shape, SpacingMm spacing, double radiusMm, int threads, Span<float> destination)
    {
        Demand(mask, shape, destination);
        fixed (byte* maskStart = mask)
        fixed (float* start = destination)
        {
            var set = new PinnedSpan<byte>(maskStart, mask.Length);
            var squared = new PinnedSpan<float>(start, destination.Length);
            var (acrossRows, acrossSlices) = (Offsets(spacing.Row, radiusMm), Offsets(spacing.Slice, radiusMm));
            WorkSplit.Run(shape.Slices, threads, (from, to) =>
            {
                for (var row = from * shape.Rows; row < to * shape.Rows; row++)
                {
                    var line = squared.Span.Slice(row * shape.Columns, shape.Columns);
                    AlongRow(set.Span.Slice(row * shape.Columns, shape.Columns), spacing.Column, line);
                }

                for (var slice = from; slice < to; slice++)
                {
                    var plane = squared.Span.Slice(slice * shape.SliceSize, shape.SliceSize);
                    MinimumAcross(plane, shape.Columns, shape.Rows, shape.Columns, acrossRows);
                }
            });
            WorkSplit.Run(shape.Rows, threads, (from, to) =>
            {
                for (var row = from; row < to; row++)
                {
                    var rows = squared.Span[(row * shape.Columns)..];
                    MinimumAcross(rows, shape.Columns, shape.Slices, shape.SliceSize, acrossSlices);
                }
            });
        }
    }

    private static void Demand(ReadOnlySpan<byte> mask, GridShape shape, Span<float> destination)
    {
        if (mask.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {mask.Length} and {destination.Length} for {shape.Count} voxels");
        }
    }

    private static float[] Offsets(double spacingMm, double radiusMm)
    {
        // 3 * 0.7 / 0.7 is less than 3 in binary: a whole number of voxels must not lose its last one.
        const double Tolerance = 1e-9;
        var offsets = new float[(int)((radiusMm / spacingMm) + Tolerance) + 1];
        for (var k = 0; k < offsets.Length; k++)
        {
            offsets[k] = (float)(k * spacingMm * k * spacingMm);
        }

        return offsets;
    }

    private static void AlongRow(ReadOnlySpan<byte> mask, double spacingMm, Span<float> squared)
    {
        var since = -1;
        for (var i = 0; i < mask.Length; i++)
        {
            since = mask[i] != 0 ? 0 : since < 0 ? since : since + 1;
            squared[i] = SquareOf(since, spacingMm);
        }

        since = -1;
        for (var i = mask.Length - 1; i >= 0; i--)
        {
            since = mask[i] != 0 ? 0 : since < 0 ? since : since + 1;
            squared[i] = Math.Min(squared[i], SquareOf(since, spacingMm));
        }
    }

    private static float SquareOf(int steps, double spacingMm) =>
        steps < 0 ? Unreached : (float)(steps * spacingMm * steps * spacingMm);

    private static void MinimumAcross(Span<float> rows, int columns, int count, int stride, float[] offsets)
    {
        var copy = ArrayPool<float>.Shared.Rent(columns * count);
        for (var i = 0; i < count; i++)
        {
            rows.Slice(i * stride, columns).CopyTo(copy.AsSpan(i * columns));
        }

        for (var i = 0; i < count; i++)
        {
            var line = rows.Slice(i * stride, columns);
            for (var k = 1; k < offsets.Length; k++)
            {
                if (i - k >= 0)
                {
                    RowArithmetic.MinimumWithOffset(copy.AsSpan((i - k) * columns, columns), offsets[k], line);
                }

                if (i + k < count)
                {
                    RowArithmetic.MinimumWithOffset(copy.AsSpan((i + k) * columns, columns), offsets[k], line);
                }
            }
        }

        ArrayPool<float>.Shared.Return(copy);
    }

    /// <summary>The lower envelope of parabolas over one line of the grid.</summary>
    private sealed class LowerEnvelope(int count, double spacingMm)
    {
        private readonly double _weight = spacingMm * spacingMm;
        private readonly float[] _line = new float[count];
        private readonly int[] _vertex = new int[count];
        private readonly double[] _from = new double[count + 1];

        public void Transform(Span<float> line, int stride)
        {
            var parabolas = 0;
            for (var i = 0; i < count; i++)
            {
                _line[i] = line[i * stride];
                if (_line[i] < Unreached)
                {
                    parabolas = Add(i, parabolas);
                }
            }

            if (parabolas == 0)
            {
                return;
            }

            for (int i = 0, k = 0; i < count; i++)
            {
                while (k + 1 < parabolas && _from[k + 1] < i)
                {
                    k++;
                }

                double steps = i - _vertex[k];
                line[i * stride] = (float)((steps * steps * _weight) + _line[_vertex[k]]);
            }
        }

        private int Add(int i, int parabolas)
        {
            while (parabolas > 0)
            {
                var before = _vertex[parabolas - 1];
                var rise = ((_line[i] - (double)_line[before]) / _weight) + ((double)i * i) - ((double)before * before);
                var crossing = rise / (2.0 * (i - before));
                if (crossing > _from[parabolas - 1])
                {
                    _from[parabolas] = crossing;
                    _vertex[parabolas] = i;
                    return parabolas + 1;
                }

                parabolas--;
            }

            _from[0] = double.NegativeInfinity;
            _vertex[0] = i;
            return 1;
        }
    }
}
