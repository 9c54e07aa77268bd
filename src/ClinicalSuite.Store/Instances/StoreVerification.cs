using System.Security.Cryptography;

namespace ClinicalSuite.Store.Instances;

/// <summary>Re-reads and re-hashes every object that was ever acknowledged.</summary>
public static class StoreVerification
{
    /// <summary>Goes through the journal; each problem is reported as it is found.</summary>
    /// <returns>How many were read and how many of them are not as they were acknowledged.</returns>
    public static (long Verified, long Damaged) Run(
        StoreFolder folder, IngestJournal journal, Action<JournalEntry, string> report, CancellationToken cancellation)
    {
        long verified = 0, damaged = 0, sequence = 0;
        while (journal.After(sequence, 1000) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                cancellation.ThrowIfCancellationRequested();
                sequence = entry.Sequence;
                verified++;
                if (Problem(folder.Absolute(entry.Path), entry) is { } problem)
                {
                    damaged++;
                    report(entry, problem);
                }
            }
        }

        return (verified, damaged);
    }

    /// <summary>What is wrong with the file of an entry, or null when it is as it was acknowledged.</summary>
    /// <exception cref="IOException">The device cannot read it.</exception>
    public static string? Problem(string path, JournalEntry entry)
    {
        if (!File.Exists(path))
        {
            return "the file is missing";
        }

        using var file = File.OpenRead(path);
        if (file.Length != entry.Length)
        {
            return $"{file.Length} bytes, acknowledged with {entry.Length}";
        }

        return Convert.ToHexStringLower(SHA256.HashData(file)) == entry.FileSha256 ? null : "the content has changed";
    }
}
