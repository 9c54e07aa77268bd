namespace ClinicalSuite.Store;

/// <summary>Held by whoever removes or copies files of the store, over all processes: a backup never meets a removal.</summary>
public sealed class MaintenanceLock : IDisposable
{
    private readonly FileStream file;

    private MaintenanceLock(FileStream file) => this.file = file;

    /// <returns>Null when another process, or this one, has it.</returns>
    public static MaintenanceLock? TryTake(StoreFolder folder)
    {
        try
        {
            return new MaintenanceLock(new FileStream(
                Path.Combine(folder.Path, "maintenance.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
