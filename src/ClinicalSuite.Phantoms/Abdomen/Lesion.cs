using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>A ball in the liver, patient mm, brighter or darker than its surroundings.</summary>
/// <param name="RimHu">Added in a rim of <see cref="RimMm"/> around it.</param>
/// <param name="Labelled">Too faint nodules belong to the parenchyma.</param>
public sealed record Lesion(Point3 Centre, double RadiusMm, double AddedHu, double RimHu, bool Labelled)
{
    public const double RimMm = 3;
}
