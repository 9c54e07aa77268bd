namespace ClinicalSuite.Imaging;

/// <summary>Grids made from other grids.</summary>
public static class Grids
{
    /// <summary>
    /// An isotropic grid along the patient's axes (columns to the left, rows to the back, slices to the head) that covers the
    /// box between two voxel centres of the patient.
    /// </summary>
    public static VolumeGeometry Isotropic(Point3 low, Point3 high, double spacingMm)
    {
        return VolumeGeometry.Axial(
            Steps(high.X - low.X), Steps(high.Y - low.Y), Steps(high.Z - low.Z), spacingMm, spacingMm, spacingMm, low);

        int Steps(double lengthMm) => 1 + (int)Math.Ceiling(Math.Max(0, lengthMm) / spacingMm);
    }

    /// <summary>The smallest box along the patient's axes that holds all voxel centres.</summary>
    public static (Point3 Low, Point3 High) BoundingBox(VolumeGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        var low = new Point3(double.MaxValue, double.MaxValue, double.MaxValue);
        var high = new Point3(double.MinValue, double.MinValue, double.MinValue);
        for (var corner = 0; corner < 8; corner++)
        {
            var p = geometry.ToPatient(
                (corner & 1) * (geometry.Columns - 1), ((corner >> 1) & 1) * (geometry.Rows - 1), (corner >> 2) * (geometry.Slices - 1));
            low = new Point3(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
            high = new Point3(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
        }

        return (low, high);
    }

    /// <summary>
    /// Smoothing before sampling <paramref name="source"/> at a coarser distance: sigma = 0.5 sqrt(ratio^2 - 1) voxels per axis,
    /// so that source and filter together are as wide as the new voxel.
    /// </summary>
    public static (double Column, double Row, double Slice) AntiAliasSigma(VolumeGeometry source, double spacingMm)
    {
        var spacing = SpacingMm.Of(source);
        return (Sigma(spacing.Column), Sigma(spacing.Row), Sigma(spacing.Slice));

        double Sigma(double ownMm) => spacingMm <= ownMm ? 0 : 0.5 * Math.Sqrt(((spacingMm / ownMm) * (spacingMm / ownMm)) - 1);
    }
}
