using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>The smallest box of voxels that holds all that were added.</summary>
internal sealed class VoxelBox
{
    private (int Column, int Row, int Slice) _low = (int.MaxValue, int.MaxValue, int.MaxValue);
    private (int Column, int Row, int Slice) _high = (-1, -1, -1);

    public bool IsEmpty => _high.Slice < 0;

    public void Add(int index, VolumeGeometry grid)
    {
        var line = index / grid.Columns;
        var (column, row, slice) = (index % grid.Columns, line % grid.Rows, line / grid.Rows);
        _low = (Math.Min(_low.Column, column), Math.Min(_low.Row, row), Math.Min(_low.Slice, slice));
        _high = (Math.Max(_high.Column, column), Math.Max(_high.Row, row), Math.Max(_high.Slice, slice));
    }

    /// <summary>The box as a grid of its own, its voxels where they are.</summary>
    public VolumeGeometry Grid(VolumeGeometry grid) => new(
        _high.Column - _low.Column + 1, _high.Row - _low.Row + 1, _high.Slice - _low.Slice + 1,
        grid.ToPatient(_low.Column, _low.Row, _low.Slice), grid.ColumnStep, grid.RowStep, grid.SliceStep);

    /// <summary>The index in the whole grid of the first column of a row of the box.</summary>
    public long IndexIn(VolumeGeometry grid, int row, int slice) =>
        (((long)(_low.Slice + slice) * grid.Rows) + _low.Row + row) * grid.Columns + _low.Column;
}
