using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>One plane of a volume: which frame of which instance, and how its numbers become HU.</summary>
/// <param name="Frame">Zero-based; 0 for a classic slice.</param>
/// <param name="Position">ImagePositionPatient: the centre of its first pixel, LPS, mm.</param>
/// <param name="RescaleSlope">Units per stored step.</param>
/// <param name="RescaleIntercept">Units at stored zero.</param>
public sealed record SourceSlice(
    SourceInstance Instance, int Frame, Point3 Position, double RescaleSlope, double RescaleIntercept);
