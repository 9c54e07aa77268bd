using ClinicalSuite.Store.Instances;
using ClinicalSuite.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Backup;

/// <summary>
/// Copies a store that is in use, so that the copy never has a row without its file: first the clinic's database, then the journal
/// (which then has at least what the first refers to), then the files that they name. Files are never changed once they have their
/// name, and nothing is removed while the backup holds the maintenance lock.
/// </summary>
public static class StoreBackup
{
    private const int EntriesAtOnce = 1000;

    // Made anew by every start, or copied by name; so are databases and locks.
    private static readonly HashSet<string> NotCopied = ["incoming", "instances", "runs", ".doctor"];

    /// <param name="target">A folder that is absent or empty.</param>
    /// <param name="previous">An earlier backup on the same file system: what it has already is linked, not copied.</param>
    /// <exception cref="IOException">The target is not empty or cannot be written, or a removal or another backup is under way.</exception>
    public static BackupManifest Write(
        StoreFolder store, string target, string? previous, Action<double>? progress, CancellationToken cancellation)
    {
        using var alone = MaintenanceLock.TryTake(store) ?? throw new IOException("another backup or a removal is under way");
        EmptyFolder.Make(target);
        var created = DateTime.UtcNow;
        SqliteCopy.Write(ClinicDbFactory.LiteConnectionText(store.ClinicDatabase), Path.Combine(target, "clinic.db"));
        SqliteCopy.Write(ClinicDbFactory.LiteConnectionText(store.JournalDatabase), Path.Combine(target, "journal.db"));
        CopyOthers(store, target);
        foreach (var folder in RunFolders(target))
        {
            cancellation.ThrowIfCancellationRequested();
            CopyFolder(store.Absolute(folder), Path.Combine(target, folder), previous is null ? null : Path.Combine(previous, folder));
        }

        var manifest = CopyInstances(store, target, previous, created, progress, cancellation);
        DurableFile.FlushFileSystem(target);
        manifest.Write(target);
        return manifest;
    }

    private static BackupManifest CopyInstances(
        StoreFolder store, string target, string? previous, DateTime created, Action<double>? progress, CancellationToken cancellation)
    {
        using var journal = new JournalCopy(Path.Combine(target, "journal.db"));
        var (count, last) = journal.Extent();
        long done = 0, bytes = 0, missing = 0, sequence = 0;
        while (journal.After(sequence, EntriesAtOnce) is { Count: > 0 } paths)
        {
            foreach (var (number, path) in paths)
            {
                cancellation.ThrowIfCancellationRequested();
                sequence = number;
                if (CopyFile(store.Absolute(path), Path.Combine(target, path), previous is null ? null : Path.Combine(previous, path)) is { } length)
                {
                    bytes += length;
                }
                else
                {
                    missing++;
                }

                progress?.Invoke(++done / (double)Math.Max(1, count));
            }
        }

        return new BackupManifest(created, last, count, bytes, missing);
    }

    private static void CopyOthers(StoreFolder store, string target)
    {
        foreach (var path in Directory.GetFileSystemEntries(store.Path))
        {
            var name = Path.GetFileName(path);
            if (NotCopied.Contains(name) || name.Contains(".db", StringComparison.Ordinal) || name.EndsWith(".lock", StringComparison.Ordinal))
            {
                continue;
            }

            if (Directory.Exists(path))
            {
                CopyFolder(path, Path.Combine(target, name), null);
            }
            else
            {
                CopyFile(path, Path.Combine(target, name), null);
            }
        }
    }

    /// <summary>Of the attempts whose results the copied database names.</summary>
    private static List<string> RunFolders(string target)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(target, "clinic.db"),
            Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT DISTINCT "Path" FROM "Evidence" """;
        using var reader = command.ExecuteReader();
        var folders = new HashSet<string>();
        while (reader.Read())
        {
            folders.Add(Path.GetDirectoryName(reader.GetString(0))!);
        }

        return [.. folders];
    }

    private static void CopyFolder(string from, string to, string? previous)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.Exists(from) ? Directory.GetFileSystemEntries(from) : [])
        {
            var name = Path.GetFileName(path);
            var before = previous is null ? null : Path.Combine(previous, name);
            if (Directory.Exists(path))
            {
                CopyFolder(path, Path.Combine(to, name), before);
            }
            else
            {
                CopyFile(path, Path.Combine(to, name), before);
            }
        }
    }

    /// <returns>Its length, or null when there is no such file.</returns>
    private static long? CopyFile(string from, string to, string? previous)
    {
        var source = new FileInfo(from);
        if (!source.Exists)
        {
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (previous is null || !IsSame(source, new FileInfo(previous)) || !DurableFile.TryLink(previous, to))
        {
            source.CopyTo(to);
        }

        return source.Length;
    }

    /// <summary>Copies keep the time of writing.</summary>
    private static bool IsSame(FileInfo source, FileInfo earlier) =>
        earlier.Exists && earlier.Length == source.Length && earlier.LastWriteTimeUtc == source.LastWriteTimeUtc;
}
