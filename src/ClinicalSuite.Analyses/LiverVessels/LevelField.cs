using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>
/// A slowly varying level, fitted to the voxels of a mask: around each point a plane, weighted by a Gaussian (normalised
/// convolution of first order, Knutsson and Westin 1993), so that it can be continued beyond the mask without lagging behind.
/// </summary>
internal static class LevelField
{
    private const double BlockMm = 6;
    private const double SigmaMm = 12;

    // Shading is gentler than this; steeper is an edge between organs.
    private const float SteepestHuPerMm = 1;

    // Spread, mm^2, that is added to that of the mask about a point: where the mask is a thin sliver, no slope is read off it.
    private const float RidgeMm2 = 30;

    // Far from the mask the level of the whole returns; 1 is the weight in the middle of the mask.
    private const float WholeWeight = 0.003f;

    public static float[] Fit(WorkImage work, float[] values, byte[] mask, float whole)
    {
        var (low, high) = Grids.BoundingBox(work.Geometry);
        var grid = Grids.Isotropic(low, high, BlockMm);
        var shape = GridShape.Of(grid);
        var moments = Moments(work, values, mask, whole, shape);
        foreach (var moment in moments)
        {
            GaussianFilter.Smooth(moment, shape, SpacingMm.Of(grid), SigmaMm, work.Threads, moment);
        }

        var level = new float[shape.Count];
        for (var i = 0; i < level.Length; i++)
        {
            var at = new Point3(BlockMm * (i % shape.Columns), BlockMm * (i / shape.Columns % shape.Rows), BlockMm * (i / shape.SliceSize));
            level[i] = whole + Plane(moments, i, at);
        }

        var fine = new float[values.Length];
        Resampling.Linear(level, grid, work.Geometry, whole, work.Threads, fine);
        return fine;
    }

    /// <summary>Sums over the mask's voxels of each block: 1, x, y, z, xx, yy, zz, xy, xz, yz, v, vx, vy, vz.</summary>
    private static float[][] Moments(WorkImage work, float[] values, byte[] mask, float whole, GridShape shape)
    {
        var moments = new float[14][];
        for (var m = 0; m < moments.Length; m++)
        {
            moments[m] = new float[shape.Count];
        }

        var spacing = work.Spacing;
        var perBlock = (float)(spacing.Column * spacing.Row * spacing.Slice / (BlockMm * BlockMm * BlockMm));
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] == 0)
            {
                continue;
            }

            var x = (float)(i % work.Shape.Columns * spacing.Column);
            var y = (float)(i / work.Shape.Columns % work.Shape.Rows * spacing.Row);
            var z = (float)(i / work.Shape.SliceSize * spacing.Slice);
            var v = values[i] - whole;
            var block = (((BlockOf(z) * shape.Rows) + BlockOf(y)) * shape.Columns) + BlockOf(x);
            ReadOnlySpan<float> terms = [1, x, y, z, x * x, y * y, z * z, x * y, x * z, y * z, v, v * x, v * y, v * z];
            for (var m = 0; m < terms.Length; m++)
            {
                moments[m][block] += perBlock * terms[m];
            }
        }

        return moments;

        static int BlockOf(float mm) => (int)((mm / BlockMm) + 0.5);
    }

    private static float Plane(float[][] moments, int i, Point3 at)
    {
        double n = moments[0][i];
        if (n < 1e-6)
        {
            return 0;
        }

        var mean = new Point3(moments[1][i] / n, moments[2][i] / n, moments[3][i] / n);
        var v = moments[10][i] / n;
        var (xx, yy, zz) = (Spread(4, mean.X, mean.X), Spread(5, mean.Y, mean.Y), Spread(6, mean.Z, mean.Z));
        var (xy, xz, yz) = (Spread(7, mean.X, mean.Y), Spread(8, mean.X, mean.Z), Spread(9, mean.Y, mean.Z));
        var (vx, vy, vz) = (Spread(11, v, mean.X), Spread(12, v, mean.Y), Spread(13, v, mean.Z));
        (xx, yy, zz) = (xx + RidgeMm2, yy + RidgeMm2, zz + RidgeMm2);

        var (a, b, c) = ((yy * zz) - (yz * yz), (xz * yz) - (xy * zz), (xy * yz) - (xz * yy));
        var (d, e, f) = ((xx * zz) - (xz * xz), (xy * xz) - (xx * yz), (xx * yy) - (xy * xy));
        var determinant = (xx * a) + (xy * b) + (xz * c);
        var slope = new Point3(
            (a * vx) + (b * vy) + (c * vz), (b * vx) + (d * vy) + (e * vz), (c * vx) + (e * vy) + (f * vz)) * (1 / determinant);
        slope *= Math.Min(1, SteepestHuPerMm / Math.Max(1e-9, slope.Length));
        return (float)((v + slope.Dot(at - mean)) * (n / (n + WholeWeight)));

        double Spread(int moment, double meanA, double meanB) => (moments[moment][i] / n) - (meanA * meanB);
    }
}
