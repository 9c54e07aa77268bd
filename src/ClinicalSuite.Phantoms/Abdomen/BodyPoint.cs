using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>A point of the template and what many tissues ask of it.</summary>
/// <param name="DepthMm">Below the skin.</param>
/// <param name="LiverMm">Signed distance from the surface of the liver.</param>
/// <param name="DiaphragmMm">Signed distance from the diaphragm, negative below it.</param>
internal readonly record struct BodyPoint(Point3 Position, double DepthMm, double LiverMm, double DiaphragmMm);
