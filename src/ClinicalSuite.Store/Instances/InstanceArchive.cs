using Microsoft.Win32.SafeHandles;

namespace ClinicalSuite.Store.Instances;

/// <summary>
/// Keeps received objects. For each: temporary file, fdatasync, rename, fsync of the folder, journal entry, and only then an
/// outcome that allows success to be said. The order is never changed; senders share the flushes from the folder on
/// (<see cref="CommitGroup"/>), and those of contents run side by side.
/// </summary>
public sealed class InstanceArchive : IDisposable
{
    // Enough to let the file system merge them; more would only hold more threads while a slow disk makes them wait.
    private const int FlushesAtOnce = 16;

    private readonly SemaphoreSlim flushing = new(FlushesAtOnce);
    private readonly StoreFolder folder;
    private readonly IngestJournal journal;
    private readonly DiskSpace space;
    private readonly TimeProvider time;
    private readonly CommitGroup commits;
    private readonly bool flushes;

    /// <param name="flushes">False gives up durability: for measurements only.</param>
    public InstanceArchive(StoreFolder folder, IngestJournal journal, DiskSpace space, TimeProvider time, bool flushes = true)
    {
        this.folder = folder;
        this.journal = journal;
        this.space = space;
        this.time = time;
        this.flushes = flushes;
        commits = new CommitGroup(folder, journal, flushes);
    }

    internal DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Removes what was half received, or named but not journalled, when the program ended: no sender was told that it is kept.
    /// Objects without an entry can lie only among the latest, whose folders are compared with the journal.
    /// </summary>
    /// <returns>How many files were removed.</returns>
    public int RemoveLeftovers()
    {
        var leftovers = Directory.GetFiles(folder.Incoming).Concat(Unpromised()).ToList();
        leftovers.ForEach(File.Delete);
        return leftovers.Count;
    }

    /// <summary>Begins to receive an object. Write its data set as it arrives, then commit; disposing without it forgets the object.</summary>
    public IncomingInstance Begin(ReceivedInstance received) =>
        new(this, Path.Combine(folder.Incoming, Guid.NewGuid().ToString("N")), received, space.Refusal());

    /// <summary>Receives an object whose data set is at hand as a stream.</summary>
    /// <exception cref="IOException">The stream (not the archive) cannot be read.</exception>
    public async Task<StoreOutcome> StoreAsync(ReceivedInstance received, Stream dataSet, CancellationToken cancellation)
    {
        await using var incoming = Begin(received);
        var buffer = new byte[128 * 1024];
        for (int count; (count = await dataSet.ReadAsync(buffer, cancellation)) > 0;)
        {
            incoming.Write(buffer.AsMemory(0, count));
        }

        return await incoming.CommitAsync();
    }

    public void Dispose() => flushing.Dispose();

    /// <summary>The content of a file to the device, on another thread.</summary>
    internal async Task FlushAsync(SafeFileHandle file)
    {
        if (!flushes)
        {
            return;
        }

        await flushing.WaitAsync();
        try
        {
            await Task.Run(() => DurableFile.FlushContent(file));
        }
        finally
        {
            flushing.Release();
        }
    }

    internal Task<StoreOutcome> KeepAsync(string temporary, JournalEntry entry) => commits.KeepAsync(temporary, entry);

    private IEnumerable<string> Unpromised()
    {
        foreach (var latest in folder.InstanceFolders().TakeLast(2))
        {
            var promised = journal.In(latest).Select(folder.Absolute).ToHashSet();
            foreach (var path in Directory.GetFiles(latest).Where(path => !promised.Contains(path)))
            {
                yield return path;
            }
        }
    }
}
