using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace ClinicalSuite.Store.Benchmarks;

/// <summary>
/// What the disk allows: a bare loop of the durable steps of an acknowledgement (write, fdatasync, rename, fsync of the folder, a
/// SQLite row with synchronous=FULL), each writer for itself. None of the appliance's own code is in it: it is the measure of that.
/// </summary>
public sealed partial class BareDurableLoop : IDisposable
{
    private readonly string home;
    private readonly string kept;
    private readonly SafeFileHandle folder;
    private readonly SqliteConnection journal;
    private readonly SqliteCommand row;
    private readonly Lock journalGate = new();
    private readonly byte[] content;
    private int made;

    /// <param name="place">On the disk to be measured.</param>
    public BareDurableLoop(string place, int objectBytes)
    {
        home = Path.Combine(place, $"clinicalsuite-bench-{Environment.ProcessId}");
        kept = Path.Combine(home, "kept");
        Directory.CreateDirectory(kept);
        folder = new SafeFileHandle(Open(kept, flags: 0), ownsHandle: true);
        content = new byte[objectBytes];
        new Random(1).NextBytes(content);
        journal = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(home, "journal.db") }.ToString());
        journal.Open();
        using (var make = journal.CreateCommand())
        {
            make.CommandText = """
                PRAGMA journal_mode=wal; PRAGMA synchronous=FULL;
                CREATE TABLE journal(seq INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, path TEXT NOT NULL, sha TEXT NOT NULL, facts TEXT NOT NULL);
                """;
            make.ExecuteNonQuery();
        }

        row = journal.CreateCommand();
        row.CommandText = "INSERT INTO journal(uid, path, sha, facts) VALUES($uid, $path, $sha, $facts)";
        row.Parameters.AddWithValue("$uid", "");
        row.Parameters.AddWithValue("$path", "");
        row.Parameters.AddWithValue("$sha", new string('0', 64));
        row.Parameters.AddWithValue("$facts", new string('x', 400));
    }

    /// <summary>Each writer is a thread that waits for each of its flushes.</summary>
    public void Run(int objects, int writers)
    {
        var threads = Enumerable.Range(0, writers).Select(writer => new Thread(() =>
        {
            for (var n = writer; n < objects; n += writers)
            {
                WriteOne();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    public void Dispose()
    {
        row.Dispose();
        journal.Dispose();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
        Directory.Delete(home, recursive: true);
    }

    private void WriteOne()
    {
        var name = $"{Interlocked.Increment(ref made)}";
        var temporary = Path.Combine(home, name);
        using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
            Check(FdataSync(file));
        }

        File.Move(temporary, Path.Combine(kept, name));
        Check(FSync(folder));
        lock (journalGate)
        {
            row.Parameters[0].Value = "1.2.826.0.1.3680043.8.498.77.1.0.1." + name;
            row.Parameters[1].Value = name;
            row.ExecuteNonQuery();
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new IOException("the device did not flush", Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FdataSync(SafeFileHandle file);
}
