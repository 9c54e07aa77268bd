namespace ClinicalSuite.Imaging;

/// <summary>Numbers on a regular grid in the patient. Voxels are stored column fastest, then row, then slice.</summary>
/// <remarks>Not copied on construction: whoever makes a volume gives its array away.</remarks>
public sealed class Volume<T>
    where T : unmanaged
{
    private readonly T[] _voxels;

    public Volume(VolumeGeometry geometry)
        : this(geometry, new T[geometry.VoxelCount])
    {
    }

    /// <exception cref="ArgumentException">The array does not hold exactly one number per voxel.</exception>
    public Volume(VolumeGeometry geometry, T[] voxels)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(voxels);
        if (voxels.LongLength != geometry.VoxelCount)
        {
            throw new ArgumentException($"{voxels.LongLength} numbers for {geometry.VoxelCount} voxels");
        }

        Geometry = geometry;
        _voxels = voxels;
    }

    public VolumeGeometry Geometry { get; }

    /// <summary>All voxels, column fastest, then row, then slice.</summary>
    public Span<T> Voxels => _voxels;

    /// <summary>The voxels as the array behind <see cref="Voxels"/>, for code that splits work over threads.</summary>
    public T[] VoxelArray => _voxels;

    public ref T this[int column, int row, int slice] => ref _voxels[IndexOf(column, row, slice)];

    public long IndexOf(int column, int row, int slice) =>
        ((((long)slice * Geometry.Rows) + row) * Geometry.Columns) + column;

    public Span<T> Slice(int slice)
    {
        var size = Geometry.Rows * Geometry.Columns;
        return _voxels.AsSpan(slice * size, size);
    }
}
