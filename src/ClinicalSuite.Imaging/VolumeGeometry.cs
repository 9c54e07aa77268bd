namespace ClinicalSuite.Imaging;

/// <summary>
/// Where the voxels of a regular grid lie in the patient: patient = Origin + column * ColumnStep + row * RowStep + slice * SliceStep,
/// LPS, mm. The origin is the centre of voxel (0, 0, 0). The steps carry direction and spacing; they are checked when the geometry is made.
/// </summary>
public sealed record VolumeGeometry
{
    /// <exception cref="ArgumentException">A size below 1, or steps that do not span space.</exception>
    public VolumeGeometry(int columns, int rows, int slices, Point3 origin, Point3 columnStep, Point3 rowStep, Point3 sliceStep)
    {
        if (columns < 1 || rows < 1 || slices < 1)
        {
            throw new ArgumentException($"a grid of {columns} x {rows} x {slices} voxels has no volume");
        }

        var determinant = columnStep.Dot(rowStep.Cross(sliceStep));
        if (!double.IsFinite(determinant) || Math.Abs(determinant) < 1e-12)
        {
            throw new ArgumentException("the column, row and slice steps do not span space");
        }

        (Columns, Rows, Slices, Origin, ColumnStep, RowStep, SliceStep) =
            (columns, rows, slices, origin, columnStep, rowStep, sliceStep);
    }

    public int Columns { get; }

    public int Rows { get; }

    public int Slices { get; }

    public Point3 Origin { get; }

    /// <summary>From one column to the next (along a row), mm.</summary>
    public Point3 ColumnStep { get; }

    /// <summary>From one row to the next (down a column), mm.</summary>
    public Point3 RowStep { get; }

    public Point3 SliceStep { get; }

    public long VoxelCount => (long)Columns * Rows * Slices;

    public double ColumnSpacingMm => ColumnStep.Length;

    public double RowSpacingMm => RowStep.Length;

    public double SliceSpacingMm => SliceStep.Length;

    public double VoxelVolumeMm3 => Math.Abs(ColumnStep.Dot(RowStep.Cross(SliceStep)));

    public Point3 ToPatient(double column, double row, double slice) =>
        Origin + (ColumnStep * column) + (RowStep * row) + (SliceStep * slice);

    /// <summary>The (column, row, slice) index, fractional, of a point in the patient.</summary>
    public (double Column, double Row, double Slice) ToIndex(Point3 patient)
    {
        var d = patient - Origin;
        var determinant = ColumnStep.Dot(RowStep.Cross(SliceStep));
        return (d.Dot(RowStep.Cross(SliceStep)) / determinant,
            d.Dot(SliceStep.Cross(ColumnStep)) / determinant,
            d.Dot(ColumnStep.Cross(RowStep)) / determinant);
    }

    /// <summary>A grid along the patient's axes: columns to the left, rows to the back, slices to the head.</summary>
    public static VolumeGeometry Axial(
        int columns, int rows, int slices, double columnSpacingMm, double rowSpacingMm, double sliceSpacingMm, Point3 origin) =>
        new(columns, rows, slices, origin,
            new Point3(columnSpacingMm, 0, 0), new Point3(0, rowSpacingMm, 0), new Point3(0, 0, sliceSpacingMm));
}
