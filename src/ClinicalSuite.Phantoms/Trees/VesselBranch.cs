using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Trees;

/// <summary>The vessel from one fork (or root) to the next fork (or end); of one radius.</summary>
/// <param name="Parent">Index of the branch it comes from; -1 at a root.</param>
/// <param name="StrahlerOrder">1 at the ends; one more where two of the same order meet (Strahler 1957).</param>
/// <param name="Points">Centreline from the fork on, both ends included, mm.</param>
public sealed record VesselBranch(int Parent, int StrahlerOrder, double RadiusMm, IReadOnlyList<Point3> Points);
