using System.Globalization;
using ClinicalSuite.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Instances;

/// <summary>
/// The list of all objects that were ever acknowledged, in a SQLite file of its own with synchronous=FULL: analyses and pages
/// never make a sender wait. Written by <see cref="CommitGroup"/> alone, one transaction for all senders that wait.
/// </summary>
/// <remarks>
/// A row is never deleted. What retention takes away is marked first (<see cref="Remove"/>), then its file goes, then the mark is
/// closed (<see cref="Purged"/>): a process that ends in between is completed by the next.
/// </remarks>
public sealed class IngestJournal : IAsyncDisposable
{
    /// <summary>Checkpoints run on a thread of their own (<see cref="Checkpoint"/>): no sender waits for one.</summary>
    private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=wal; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8000; ";

    private const string Columns =
        "seq, sop_instance, sop_class, syntax, association, path, header, length, data_sha, header_sha, conflict, received, facts";

    // About 4 MiB of log, SQLite's own measure.
    private const int PagesBetweenCheckpoints = 1000;

    private readonly Lock writing = new();
    private readonly string connectionText;
    private readonly SqliteConnection writer;
    private readonly JournalStatements statements;
    private long lastSequence;
    private int pagesSinceCheckpoint;
    private Task checkpointing = Task.CompletedTask;
    private bool isDisposed;

    /// <summary>Opens or creates the journal.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="flushes">False gives up durability: for measurements only.</param>
    public IngestJournal(string path, bool flushes = true)
    {
        connectionText = ClinicDbFactory.LiteConnectionText(path);
        writer = Open(flushes ? "PRAGMA synchronous=FULL;" : "PRAGMA synchronous=OFF;");
        JournalSchema.Prepare(writer);
        statements = new JournalStatements(writer);
        lastSequence = statements.LastSequence();
    }

    /// <summary>Raised after entries are durable, on the writer's thread: the handler only wakes somebody up.</summary>
    public event Action? Appended;

    /// <summary>Sequence numbers for objects that are about to be written. A number that comes to nothing is never used again.</summary>
    /// <returns>The first of them.</returns>
    internal long Reserve(int count)
    {
        lock (writing)
        {
            lastSequence += count;
            return lastSequence - count + 1;
        }
    }

    /// <summary>Writes entries with their sequence numbers in one transaction; they are flushed to the device on return.</summary>
    /// <returns>The entries, with the mark of those that conflict with an earlier one.</returns>
    /// <exception cref="IOException">The journal cannot be written; <see cref="DurableFile.IsNoSpace"/> tells a full disk.</exception>
    internal IReadOnlyList<JournalEntry> Append(IReadOnlyList<JournalEntry> entries)
    {
        List<JournalEntry> written;
        lock (writing)
        {
            try
            {
                using var transaction = writer.BeginTransaction(deferred: false);
                written = [.. entries.Select(entry => statements.Insert(entry, transaction))];
                transaction.Commit();
            }
            catch (SqliteException failure)
            {
                throw AsIOException(failure);
            }

            // Two pages a row at least: the table's and the index's.
            pagesSinceCheckpoint += 2 * entries.Count;
            if (pagesSinceCheckpoint >= PagesBetweenCheckpoints && checkpointing.IsCompleted)
            {
                pagesSinceCheckpoint = 0;
                checkpointing = Task.Factory.StartNew(Checkpoint, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }

        Appended?.Invoke();
        return written;
    }

    /// <summary>The entry of this very data set, if it is durable and not removed.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public JournalEntry? Find(string sopInstanceUid, string dataSetSha256)
    {
        lock (writing)
        {
            try
            {
                return statements.Find(sopInstanceUid, dataSetSha256);
            }
            catch (SqliteException failure)
            {
                throw AsIOException(failure);
            }
        }
    }

    /// <summary>The file of an entry was put back with another file header before the same data set.</summary>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    internal void Amend(JournalEntry entry)
    {
        lock (writing)
        {
            try
            {
                using var command = writer.CreateCommand();
                command.CommandText = "UPDATE journal SET header = $header, length = $length, header_sha = $sha WHERE seq = $seq";
                command.Parameters.AddWithValue("$header", entry.HeaderLength);
                command.Parameters.AddWithValue("$length", entry.Length);
                command.Parameters.AddWithValue("$sha", entry.HeaderSha256);
                command.Parameters.AddWithValue("$seq", entry.Sequence);
                command.ExecuteNonQuery();
            }
            catch (SqliteException failure)
            {
                throw AsIOException(failure);
            }
        }
    }

    /// <summary>All entries of an object that are not removed, the one in use first.</summary>
    public IReadOnlyList<JournalEntry> OfInstance(string sopInstanceUid) =>
        Read("sop_instance = $uid AND removed IS NULL ORDER BY seq", ("$uid", sopInstanceUid));

    /// <summary>Entries after a sequence number that are not removed, in order, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<JournalEntry> After(long sequence, int most) =>
        Read("seq > $seq AND removed IS NULL ORDER BY seq LIMIT $most", ("$seq", sequence), ("$most", most));

    /// <summary>Paths of all entries below a folder, removed ones whose files may still be there included.</summary>
    public IReadOnlyList<string> In(string instanceFolder)
    {
        var (first, last) = StoreFolder.Numbers(instanceFolder);
        return [.. Read("seq BETWEEN $first AND $last AND purged = 0", ("$first", first), ("$last", last)).Select(entry => entry.Path)];
    }

    /// <summary>Entries that retention has removed but whose files may still be there.</summary>
    public IReadOnlyList<JournalEntry> Unpurged(int most) =>
        Read("removed IS NOT NULL AND purged = 0 ORDER BY seq LIMIT $most", ("$most", most));

    /// <summary>How many entries are not removed, and the last sequence number of all.</summary>
    public (long Count, long Last) Extent()
    {
        using var connection = Open("");
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COUNT(*) FROM journal WHERE removed IS NULL), (SELECT IFNULL(MAX(seq), 0) FROM journal)";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Marks entries as taken away by retention, durably, before any of their files goes.</summary>
    public void Remove(IEnumerable<long> sequences, DateTime when) =>
        Mark("UPDATE journal SET removed = $when WHERE seq = $seq AND removed IS NULL", sequences,
            when.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Says that the files of removed entries are gone.</summary>
    public void Purged(IEnumerable<long> sequences) =>
        Mark("UPDATE journal SET purged = 1 WHERE seq = $seq AND $when = ''", sequences, "");

    public async ValueTask DisposeAsync()
    {
        lock (writing)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        await checkpointing;
        statements.Dispose();
        await writer.DisposeAsync();
    }

    private List<JournalEntry> Read(string where, params (string Name, object Value)[] parameters)
    {
        using var connection = Open("");
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own constants
        command.CommandText = $"SELECT {Columns} FROM journal WHERE {where}";
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (reader.Read())
        {
            entries.Add(JournalStatements.Entry(reader));
        }

        return entries;
    }

    private void Mark(string statement, IEnumerable<long> sequences, string when)
    {
        lock (writing)
        {
            using var transaction = writer.BeginTransaction(deferred: false);
            using var command = writer.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // our own constants
            command.CommandText = statement;
#pragma warning restore CA2100
            command.Parameters.AddWithValue("$when", when);
            var sequence = command.Parameters.Add("$seq", SqliteType.Integer);
            foreach (var one in sequences)
            {
                sequence.Value = one;
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    private SqliteConnection Open(string more)
    {
        var connection = new SqliteConnection(connectionText);
        connection.Open();
        SqlitePragmas.Apply(connection, Pragmas + more);
        return connection;
    }

    /// <summary>Moves the log into the database beside the writer. A failure is met again, and told, by the next commit.</summary>
    private void Checkpoint()
    {
        try
        {
            using var connection = Open("PRAGMA synchronous=FULL;");
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // The log only stays longer: nothing of it is lost.
        }
    }

    /// <summary>SQLITE_FULL (13) is the full disk in SQLite's words; ENOSPC is 28 (errno.h).</summary>
    private static IOException AsIOException(SqliteException failure) =>
        new($"ingest journal: {failure.Message}", failure.SqliteErrorCode == 13 ? 28 : failure.SqliteErrorCode);
}
