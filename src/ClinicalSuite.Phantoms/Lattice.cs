using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms;

/// <summary>Numbers on a coarse grid along the patient's axes, read linearly in between and continued by the border value.</summary>
internal sealed class Lattice(Point3 low, Point3 stepMm, GridShape shape, float[] values)
{
    /// <summary>The numbers along a row of <paramref name="destination"/>.Length points, <paramref name="spacingMm"/> apart in x.</summary>
    public void Read(Point3 start, double spacingMm, Span<float> destination)
    {
        var (y, fy) = Locate((start.Y - low.Y) / stepMm.Y, shape.Rows);
        var (z, fz) = Locate((start.Z - low.Z) / stepMm.Z, shape.Slices);
        var row = (z * shape.SliceSize) + (y * shape.Columns);
        var above = shape.Slices > 1 ? shape.SliceSize : 0;
        for (var i = 0; i < destination.Length; i++)
        {
            var (x, fx) = Locate((start.X + (i * spacingMm) - low.X) / stepMm.X, shape.Columns);
            var near = Bilinear(row + x, fx, fy);
            destination[i] = near + (fz * (Bilinear(row + x + above, fx, fy) - near));
        }
    }

    private float Bilinear(int i, float fx, float fy)
    {
        var (right, below) = (shape.Columns > 1 ? 1 : 0, shape.Rows > 1 ? shape.Columns : 0);
        var first = values[i] + (fx * (values[i + right] - values[i]));
        var second = values[i + below] + (fx * (values[i + below + right] - values[i + below]));
        return first + (fy * (second - first));
    }

    private static (int Index, float Fraction) Locate(double position, int count)
    {
        var inside = Math.Clamp(position, 0, count - 1);
        var index = Math.Min((int)inside, Math.Max(count - 2, 0));
        return (index, (float)(inside - index));
    }
}
