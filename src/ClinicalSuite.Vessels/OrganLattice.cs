using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>A coarse grid over an organ, for all that varies slowly: backgrounds, bias.</summary>
internal sealed class OrganLattice
{
    public const double SpacingMm = 3;

    private readonly VolumeGeometry _fine;
    private readonly int _threads;

    public OrganLattice(VolumeGeometry fine, ReadOnlySpan<byte> organ, int threads)
    {
        (_fine, _threads) = (fine, threads);
        var (low, high) = Grids.BoundingBox(fine);
        Geometry = Grids.Isotropic(low, high, SpacingMm);
        Shape = GridShape.Of(Geometry);
        Organ = new byte[Shape.Count];
        Resampling.Nearest(organ, fine, Geometry, threads, Organ);
    }

    public VolumeGeometry Geometry { get; }

    public GridShape Shape { get; }

    /// <summary>1 where the lattice point lies in the organ.</summary>
    public byte[] Organ { get; }

    public float[] Down(ReadOnlySpan<float> fine)
    {
        var coarse = new float[Shape.Count];
        Resampling.Linear(fine, _fine, Geometry, 0, _threads, coarse);
        return coarse;
    }

    /// <summary>Values at the organ's lattice points, continued beyond it, at each fine voxel.</summary>
    public void Up(float[] coarse, Span<float> fine)
    {
        NearestExtension.Extend(Organ, Shape, coarse);
        Resampling.Linear(coarse, Geometry, _fine, 0, _threads, fine);
    }
}
