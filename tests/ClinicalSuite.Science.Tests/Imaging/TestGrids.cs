using ClinicalSuite.Imaging;

namespace ClinicalSuite.Science.Tests.Imaging;

/// <summary>Small grids with odd sizes, so that no vector fits a row, and reproducible random contents.</summary>
internal static class TestGrids
{
    public static readonly GridShape Odd = new(21, 13, 9);

    public static readonly SpacingMm Anisotropic = new(0.7, 1.1, 2.5);

    public static float[] Noise(GridShape shape, int seed, float sd = 1)
    {
        var random = new Random(seed);
        var values = new float[shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = sd * (float)Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * MathF.Cos(MathF.Tau * random.NextSingle());
        }

        return values;
    }

    public static byte[] RandomMask(GridShape shape, int seed, double share)
    {
        var random = new Random(seed);
        var mask = new byte[shape.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = (byte)(random.NextDouble() < share ? 1 : 0);
        }

        return mask;
    }

    public static (int Column, int Row, int Slice) At(int i, GridShape shape) =>
        (i % shape.Columns, i / shape.Columns % shape.Rows, i / shape.SliceSize);

    /// <summary>One number per voxel, from its index.</summary>
    public static T[] Fill<T>(GridShape shape, Func<int, int, int, T> value)
    {
        var values = new T[shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (column, row, slice) = At(i, shape);
            values[i] = value(column, row, slice);
        }

        return values;
    }

    /// <summary>Squared distance between two voxels, mm^2.</summary>
    public static double SquaredMm(int a, int b, GridShape shape, SpacingMm spacing)
    {
        var ((x, y, z), (u, v, w)) = (At(a, shape), At(b, shape));
        var (dx, dy, dz) = ((x - u) * spacing.Column, (y - v) * spacing.Row, (z - w) * spacing.Slice);
        return (dx * dx) + (dy * dy) + (dz * dz);
    }
}
