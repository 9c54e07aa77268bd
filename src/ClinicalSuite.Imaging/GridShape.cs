namespace ClinicalSuite.Imaging;

/// <summary>The size of a regular grid; voxel (column, row, slice) has index (slice * Rows + row) * Columns + column.</summary>
public readonly record struct GridShape(int Columns, int Rows, int Slices)
{
    public static GridShape Of(VolumeGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return new GridShape(geometry.Columns, geometry.Rows, geometry.Slices);
    }

    /// <summary>Number of voxels; a grid beyond the reach of one span is refused here, once.</summary>
    /// <exception cref="OverflowException">More voxels than a span can hold (2^31 - 1).</exception>
    public int Count => checked(Columns * Rows * Slices);

    public int SliceSize => Columns * Rows;
}
