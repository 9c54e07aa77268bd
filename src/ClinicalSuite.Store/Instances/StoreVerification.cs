using System.Security.Cryptography;

namespace ClinicalSuite.Store.Instances;

/// <summary>Re-reads and re-hashes every object that was ever acknowledged and not removed since.</summary>
public static class StoreVerification
{
    private const int EntriesAtOnce = 1000;
    private const int BlockBytes = 256 * 1024;

    // A file that is younger may be on its way into the journal of a running appliance.
    private static readonly TimeSpan Youngest = TimeSpan.FromMinutes(1);

    /// <summary>Goes through the journal; each problem is reported as it is found, from any of the threads.</summary>
    /// <param name="threads">How many files are read at the same time.</param>
    /// <param name="report">Gets the path relative to the folder, and what is wrong.</param>
    /// <param name="progress">Gets the share that is done, 0 to 1.</param>
    public static VerificationResult Run(
        StoreFolder folder, IngestJournal journal, int threads, Action<string, string> report, Action<double>? progress,
        CancellationToken cancellation)
    {
        long verified = 0, damaged = 0, bytes = 0, sequence = 0;
        var (count, _) = journal.Extent();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        while (journal.After(sequence, EntriesAtOnce) is { Count: > 0 } entries)
        {
            Parallel.ForEach(entries, options, () => new byte[BlockBytes], (entry, _, block) =>
            {
                if (Problem(folder.Absolute(entry.Path), entry, block) is { } problem)
                {
                    Interlocked.Increment(ref damaged);
                    report(entry.Path, problem);
                }

                Interlocked.Add(ref bytes, entry.Length);
                var done = Interlocked.Increment(ref verified);
                progress?.Invoke(Math.Min(1, done / (double)Math.Max(1, count)));
                return block;
            }, _ => { });
            sequence = entries[^1].Sequence;
        }

        return new VerificationResult(verified, damaged, Extra(folder, journal, report, cancellation), bytes);
    }

    /// <summary>What is wrong with the file of an entry, or null when it is as it was acknowledged.</summary>
    public static string? Problem(string path, JournalEntry entry) => Problem(path, entry, new byte[BlockBytes]);

    private static string? Problem(string path, JournalEntry entry, byte[] block)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(file);
            if (length != entry.Length)
            {
                return $"{length} bytes, acknowledged with {entry.Length}";
            }

            var header = Hash(file, 0, entry.HeaderLength, block);
            return Hash(file, entry.HeaderLength, entry.Length, block) != entry.DataSetSha256 ? "the content has changed"
                : entry.HeaderSha256.Length > 0 && header != entry.HeaderSha256 ? "the file header has changed"
                : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return "the file is missing";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the file cannot be read: {failure.Message}";
        }
    }

    private static string Hash(Microsoft.Win32.SafeHandles.SafeFileHandle file, long from, long to, byte[] block)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int count; from < to; from += count)
        {
            count = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(block.Length, to - from)), from);
            if (count == 0)
            {
                break;
            }

            hash.AppendData(block, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Files that no entry names: nobody was told that they are kept. Named, and no damage.</summary>
    private static long Extra(StoreFolder folder, IngestJournal journal, Action<string, string> report, CancellationToken cancellation)
    {
        long extra = 0;
        foreach (var place in folder.InstanceFolders())
        {
            cancellation.ThrowIfCancellationRequested();
            var old = DateTime.UtcNow - Youngest;
            var files = Directory.GetFiles(place).Where(path => File.GetLastWriteTimeUtc(path) < old).ToList();
            var named = files.Count == 0 ? [] : journal.In(place).ToHashSet();
            foreach (var path in files.Select(path => Path.GetRelativePath(folder.Path, path)).Where(path => !named.Contains(path)))
            {
                extra++;
                report(path, "an extra file: no sender was told that it is kept");
            }
        }

        return extra;
    }
}
