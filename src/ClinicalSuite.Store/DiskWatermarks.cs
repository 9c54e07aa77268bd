namespace ClinicalSuite.Store;

/// <summary>
/// Each watermark is a share of the disk, but never more than so many bytes: five per cent of a large disk is no shortage.
/// </summary>
public sealed record DiskWatermarks
{
    public double WarnFreeShare { get; init; } = 0.15;

    public long WarnFreeBytes { get; init; } = 50L << 30;

    public double RefuseFreeShare { get; init; } = 0.05;

    public long RefuseFreeBytes { get; init; } = 5L << 30;

    /// <summary>Always kept free, on the smallest disk too: databases and results must find room.</summary>
    public long ReserveBytes { get; init; } = 512L << 20;

    /// <summary>No watermark at all.</summary>
    public static DiskWatermarks None { get; } = new() { WarnFreeShare = 0, RefuseFreeShare = 0, ReserveBytes = 0 };

    internal long WarnBelow(long totalBytes) => Math.Max(Smaller(WarnFreeShare, WarnFreeBytes, totalBytes), RefuseBelow(totalBytes));

    internal long RefuseBelow(long totalBytes) => Math.Max(Smaller(RefuseFreeShare, RefuseFreeBytes, totalBytes), ReserveBytes);

    private static long Smaller(double share, long bytes, long totalBytes) => Math.Min((long)(share * totalBytes), bytes);
}
