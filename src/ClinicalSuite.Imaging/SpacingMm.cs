namespace ClinicalSuite.Imaging;

/// <summary>Distance between neighbouring voxels along each axis of a grid, mm.</summary>
public readonly record struct SpacingMm(double Column, double Row, double Slice)
{
    public static SpacingMm Of(VolumeGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return new SpacingMm(geometry.ColumnSpacingMm, geometry.RowSpacingMm, geometry.SliceSpacingMm);
    }

    public static SpacingMm Isotropic(double spacingMm) => new(spacingMm, spacingMm, spacingMm);
}
