using System.Security.Cryptography;
using System.Text;

namespace ClinicalSuite.Store.Instances;

/// <summary>
/// Keeps received objects. For each: temporary file, fdatasync, rename, fsync of the folder, journal entry, and only then an
/// outcome that allows success to be said. The order is never changed; senders share flushes only in the journal.
/// </summary>
public sealed class InstanceArchive
{
    private const int Stripes = 64;

    private readonly SemaphoreSlim[] oneAtATime = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];
    private readonly StoreFolder folder;
    private readonly IngestJournal journal;
    private readonly TimeProvider time;
    private readonly long reserveBytes;

    /// <param name="reserveBytes">Space that stays free for databases and results; below it nothing is taken in.</param>
    public InstanceArchive(StoreFolder folder, IngestJournal journal, TimeProvider time, long reserveBytes)
    {
        this.folder = folder;
        this.journal = journal;
        this.time = time;
        this.reserveBytes = reserveBytes;
    }

    /// <summary>Removes what was half received when the program ended: no sender was told that it is kept.</summary>
    /// <returns>How many files were removed.</returns>
    public int RemoveLeftovers()
    {
        var leftovers = Directory.GetFiles(folder.Incoming);
        Array.ForEach(leftovers, File.Delete);
        return leftovers.Length;
    }

    /// <summary>Begins to receive an object. Write its data set as it arrives, then commit; disposing without it forgets the object.</summary>
    public IncomingInstance Begin(ReceivedInstance received) => new(this, folder, received, FreeSpaceProblem());

    /// <summary>Receives an object whose data set is at hand as a stream.</summary>
    /// <exception cref="IOException">The stream (not the archive) cannot be read.</exception>
    public async Task<StoreOutcome> StoreAsync(ReceivedInstance received, Stream dataSet, CancellationToken cancellation)
    {
        await using var incoming = Begin(received);
        var buffer = new byte[128 * 1024];
        for (int count; (count = await dataSet.ReadAsync(buffer, cancellation)) > 0;)
        {
            await incoming.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }

        return await incoming.CommitAsync(cancellation);
    }

    /// <summary>Name, flush of the folder, journal; the content is on the device already.</summary>
    internal async Task<StoreOutcome> KeepAsync(
        ReceivedInstance received, string temporary, long length, string dataSetSha256, string fileSha256, CancellationToken cancellation)
    {
        var uidHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(received.SopInstanceUid)));
        var stripe = oneAtATime[Convert.ToInt32(uidHash[2..4], 16) % Stripes];
        await stripe.WaitAsync(cancellation);
        try
        {
            if (journal.Find(received.SopInstanceUid, dataSetSha256) is { } known)
            {
                return new StoreOutcome.AlreadyStored(known);
            }

            var shard = Path.Combine(folder.Instances, uidHash[..2]);
            var name = $"{uidHash[..32]}-{dataSetSha256[..16]}.dcm";
            var final = Path.Combine(shard, name);

            // A file that lies here already has no journal entry: it was left by a process that ended before its promise.
            File.Move(temporary, final, overwrite: true);
            DurableFile.FlushFolder(shard);
            return await PromiseAsync(final, new JournalEntry
            {
                SopInstanceUid = received.SopInstanceUid,
                SopClassUid = received.SopClassUid,
                TransferSyntaxUid = received.TransferSyntaxUid,
                AssociationId = received.AssociationId,
                Path = Path.GetRelativePath(folder.Path, final),
                HeaderLength = received.FileHeader.Length,
                Length = length,
                DataSetSha256 = dataSetSha256,
                FileSha256 = fileSha256,
                Received = time.GetUtcNow().UtcDateTime,
            });
        }
        finally
        {
            stripe.Release();
        }
    }

    private async Task<StoreOutcome> PromiseAsync(string final, JournalEntry entry)
    {
        try
        {
            var written = await journal.AppendAsync(entry, CancellationToken.None);
            return written.IsConflict ? new StoreOutcome.ConflictKept(written) : new StoreOutcome.Stored(written);
        }
        catch (IOException)
        {
            File.Delete(final);
            throw;
        }
    }

    private string? FreeSpaceProblem()
    {
        if (reserveBytes <= 0)
        {
            return null;
        }

        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        return free < reserveBytes ? $"{free / (1 << 20)} MiB free, {reserveBytes / (1 << 20)} MiB are reserved" : null;
    }
}
