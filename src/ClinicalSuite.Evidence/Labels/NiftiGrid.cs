using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Imaging;
using ClinicalSuite.RawData;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>Where a NIfTI image lies in the patient: RAS to LPS turns the signs of x and y.</summary>
internal static class NiftiGrid
{
    /// <exception cref="InputRefusedException">More than three axes, or the file does not say where it lies.</exception>
    public static VolumeGeometry Of(NiftiImage image, string path)
    {
        if (image.Shape.Count > 3)
        {
            throw new InputRefusedException(
                InputReasons.PixelFormat, $"{string.Join(" x ", image.Shape)} voxels, read are volumes of three axes", path);
        }

        if (image.Orientation == NiftiOrientation.None)
        {
            throw new InputRefusedException(
                InputReasons.NoGeometry, "neither sform nor qform says where the image lies in the patient", path, "offset 252");
        }

        try
        {
            return new VolumeGeometry(
                image.Shape[0], image.Shape[1], image.Shape[2], Column(3), Column(0), Column(1), Column(2));
        }
        catch (ArgumentException e)
        {
            throw new InputRefusedException(InputReasons.NoGeometry, e.Message, path, "offset 252", e);
        }

        Point3 Column(int column) =>
            new(-image.AffineRas[0][column], -image.AffineRas[1][column], image.AffineRas[2][column]);
    }
}
