using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms.Trees;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>A synthetic CT of the abdomen and everything that is known of it.</summary>
/// <param name="Image">HU.</param>
/// <param name="Labels"><see cref="CtLiverLabel"/>, on the grid of the image; a voxel is vessel when half of it lies in one.</param>
/// <param name="Portal">From the confluence behind the pancreas into the liver, patient mm.</param>
/// <param name="Hepatic">Three veins from the inferior vena cava, patient mm.</param>
/// <param name="BiasHu">Standard deviation of the shading within the liver.</param>
/// <param name="Baseline">What a single cut-off reaches; null without contrast.</param>
public sealed record CtLiverPhantom(
    CtLiverSettings Settings,
    Volume<short> Image,
    Volume<byte> Labels,
    VesselTree Portal,
    VesselTree Hepatic,
    IReadOnlyList<Lesion> Lesions,
    double BiasHu,
    CutoffBaseline? Baseline)
{
    /// <summary>Volume of the voxels whose label is one of these, ml.</summary>
    public double VolumeMl(params ReadOnlySpan<byte> labels)
    {
        long count = 0;
        foreach (var label in Labels.Voxels)
        {
            count += labels.Contains(label) ? 1 : 0;
        }

        return count * Labels.Geometry.VoxelVolumeMm3 / 1000;
    }
}
