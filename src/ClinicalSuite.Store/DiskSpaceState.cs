namespace ClinicalSuite.Store;

/// <summary>The data disk at one moment.</summary>
/// <param name="RefuseBelowBytes">Free space below which objects are refused.</param>
public sealed record DiskSpaceState(DiskLevel Level, long FreeBytes, long TotalBytes, long RefuseBelowBytes);
