using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms;

/// <summary>Sums of some voxels of a grid over blocks of about one size, for a masked Gaussian much wider than a block.</summary>
internal sealed class Blocks
{
    private readonly (int Columns, int Rows, int Slices) _voxelsPerBlock;
    private readonly Point3 _spacingMm;
    private readonly GridShape _shape;
    private readonly float[] _sums;
    private readonly float[] _counts;

    public Blocks(VolumeGeometry spacing, GridShape grid, double blockMm)
    {
        _spacingMm = new Point3(spacing.ColumnSpacingMm, spacing.RowSpacingMm, spacing.SliceSpacingMm);
        _voxelsPerBlock = (PerBlock(_spacingMm.X), PerBlock(_spacingMm.Y), PerBlock(_spacingMm.Z));
        _shape = new GridShape(
            1 + ((grid.Columns - 1) / _voxelsPerBlock.Columns), 1 + ((grid.Rows - 1) / _voxelsPerBlock.Rows), 1 + ((grid.Slices - 1) / _voxelsPerBlock.Slices));
        (_sums, _counts) = (new float[_shape.Count], new float[_shape.Count]);

        int PerBlock(double spacingMm) => Math.Max(1, (int)Math.Round(blockMm / spacingMm));
    }

    public void Add(int column, int row, int slice, float value)
    {
        var block = (((slice / _voxelsPerBlock.Slices * _shape.Rows) + (row / _voxelsPerBlock.Rows)) * _shape.Columns) + (column / _voxelsPerBlock.Columns);
        _sums[block] += value;
        _counts[block]++;
    }

    /// <summary>The Gaussian mean of the voxels that were added, as a field; 0 where none is within reach.</summary>
    /// <param name="origin">Centre of voxel (0, 0, 0).</param>
    public Lattice Smooth(Point3 origin, double sigmaMm, int threads)
    {
        var step = new Point3(_spacingMm.X * _voxelsPerBlock.Columns, _spacingMm.Y * _voxelsPerBlock.Rows, _spacingMm.Z * _voxelsPerBlock.Slices);
        GaussianFilter.Smooth(_sums, _shape, new SpacingMm(step.X, step.Y, step.Z), sigmaMm, threads, _sums);
        GaussianFilter.Smooth(_counts, _shape, new SpacingMm(step.X, step.Y, step.Z), sigmaMm, threads, _counts);
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] = _counts[i] > 1e-6f ? _sums[i] / _counts[i] : 0;
        }

        var centre = (step - _spacingMm) * 0.5;
        return new Lattice(origin + centre, step, _shape, _sums);
    }
}
