namespace ClinicalSuite.Store;

/// <summary>
/// Holds a data folder for the roles of this process. Two of one role would clear away each other's half received objects and
/// take each other's runs; the system lets go of the locks when the process ends, however it does.
/// </summary>
public sealed class StoreLock(StoreFolder folder, StoreSettings settings) : IDisposable
{
    private static readonly TimeSpan MigrationLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MigrationLook = TimeSpan.FromMilliseconds(100);

    private readonly List<FileStream> held = [];

    /// <exception cref="IOException">Another process has one of the roles; the message says which and what to do.</exception>
    public void Take()
    {
        foreach (var role in settings.Roles.Order())
        {
            try
            {
                held.Add(Open(Path(role)));
            }
            catch (IOException problem)
            {
                Release();
                throw new IOException(
                    $"the data folder {folder.Path} is in use for {Name(role)} by another process: stop that one, or give this one a "
                    + "folder of its own (--data) or other roles (--roles)", problem);
            }
        }
    }

    /// <summary>One process at a time changes the tables; the next waits for it.</summary>
    /// <exception cref="IOException">The other has not ended within minutes.</exception>
    public async Task<IDisposable> TakeMigrationAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var look = new PeriodicTimer(MigrationLook, time);
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(System.IO.Path.Combine(folder.Path, "migration.lock"));
            }
            catch (IOException) when (time.GetElapsedTime(begun) < MigrationLimit)
            {
                await look.WaitForNextTickAsync(cancellation);
            }
        }
    }

    public void Release()
    {
        held.ForEach(file => file.Dispose());
        held.Clear();
    }

    public void Dispose() => Release();

    /// <summary>An exclusive flock(2): nobody else opens it so while it is open here.</summary>
    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private string Path(StoreRole role) => System.IO.Path.Combine(folder.Path, Name(role) + ".lock");

    private static string Name(StoreRole role) => role switch
    {
        StoreRole.Intake => "intake",
        StoreRole.Work => "work",
        _ => "web",
    };
}
