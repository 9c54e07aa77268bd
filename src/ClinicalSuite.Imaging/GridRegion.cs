namespace ClinicalSuite.Imaging;

/// <summary>A box of voxels of a grid; both ends belong to it.</summary>
public readonly record struct GridRegion(int Column0, int Row0, int Slice0, int Column1, int Row1, int Slice1)
{
    public GridShape Shape => new(Column1 - Column0 + 1, Row1 - Row0 + 1, Slice1 - Slice0 + 1);

    /// <summary>The smallest box that holds an earlier one (if any) and a voxel.</summary>
    public static GridRegion Around(GridRegion? earlier, int voxel, GridShape grid)
    {
        var (column, row, slice) = (voxel % grid.Columns, voxel / grid.Columns % grid.Rows, voxel / grid.SliceSize);
        return earlier is not { } box
            ? new GridRegion(column, row, slice, column, row, slice)
            : new GridRegion(
                Math.Min(box.Column0, column), Math.Min(box.Row0, row), Math.Min(box.Slice0, slice),
                Math.Max(box.Column1, column), Math.Max(box.Row1, row), Math.Max(box.Slice1, slice));
    }

    /// <summary>Grown on all sides, as far as the grid goes.</summary>
    public GridRegion Grown(int voxels, GridShape grid) => new(
        Math.Max(0, Column0 - voxels), Math.Max(0, Row0 - voxels), Math.Max(0, Slice0 - voxels),
        Math.Min(grid.Columns - 1, Column1 + voxels), Math.Min(grid.Rows - 1, Row1 + voxels), Math.Min(grid.Slices - 1, Slice1 + voxels));

    /// <summary>Calls <paramref name="row"/> with (index in the grid, index in the box, length) of each row of the box.</summary>
    public void ForEachRow(GridShape grid, Action<int, int, int> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var shape = Shape;
        for (var line = 0; line < shape.Rows * shape.Slices; line++)
        {
            var (y, z) = (Row0 + (line % shape.Rows), Slice0 + (line / shape.Rows));
            row((((z * grid.Rows) + y) * grid.Columns) + Column0, line * shape.Columns, shape.Columns);
        }
    }
}
