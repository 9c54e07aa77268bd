namespace ClinicalSuite.Store;

/// <summary>
/// The two watermarks of the data disk. Above the first everything goes on and pages and <c>/ready</c> warn; above the second no
/// object is taken in until space is made. Nothing is ever deleted to make it.
/// </summary>
public sealed class DiskSpace(StoreFolder folder, DiskWatermarks watermarks)
{
    /// <summary>As it is now.</summary>
    public DiskSpaceState Look()
    {
        var drive = new DriveInfo(folder.Path);
        var (free, total) = (drive.AvailableFreeSpace, drive.TotalSize);
        var level = free < watermarks.RefuseBelow(total) ? DiskLevel.Full
            : free < watermarks.WarnBelow(total) ? DiskLevel.Low
            : DiskLevel.Enough;
        return new DiskSpaceState(level, free, total, watermarks.RefuseBelow(total));
    }

    /// <summary>Why nothing is taken in now, or null.</summary>
    internal string? Refusal()
    {
        var now = Look();
        return now.Level == DiskLevel.Full
            ? $"{now.FreeBytes >> 20} MiB of the data disk are free, {now.RefuseBelowBytes >> 20} MiB are kept free"
            : null;
    }
}
