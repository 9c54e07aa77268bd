using System.Globalization;
using System.Threading.Channels;
using ClinicalSuite.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Instances;

/// <summary>
/// The list of all objects that were ever acknowledged, in a SQLite file of its own with synchronous=FULL: analyses and pages
/// never make a sender wait. One writer takes all entries that wait and commits them together, so that many senders share a flush.
/// </summary>
public sealed class IngestJournal : IAsyncDisposable
{
    private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=wal; PRAGMA synchronous=FULL;";

    private const string Columns = "seq, sop_instance, sop_class, syntax, association, path, header, length, data_sha, file_sha, conflict, received";

    private const int MostTogether = 256;

    private readonly Channel<Pending> waiting = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(4096) { SingleReader = true });

    private readonly string connectionText;
    private readonly SqliteConnection writer;
    private readonly Task loop;

    /// <summary>Opens or creates the journal.</summary>
    /// <param name="path">Its file.</param>
    public IngestJournal(string path)
    {
        connectionText = ClinicDbFactory.LiteConnectionText(path);
        writer = Open();
        using (var command = writer.CreateCommand())
        {
            command.CommandText = """
                CREATE TABLE IF NOT EXISTS journal(
                    seq INTEGER PRIMARY KEY AUTOINCREMENT,
                    sop_instance TEXT NOT NULL, sop_class TEXT NOT NULL, syntax TEXT NOT NULL, association TEXT NOT NULL,
                    path TEXT NOT NULL, header INTEGER NOT NULL, length INTEGER NOT NULL,
                    data_sha TEXT NOT NULL, file_sha TEXT NOT NULL, conflict INTEGER NOT NULL, received TEXT NOT NULL,
                    UNIQUE(sop_instance, data_sha));
                """;
            command.ExecuteNonQuery();
        }

        loop = Task.Run(WriteAsync);
    }

    /// <summary>Raised after entries are durable, on the writer's thread: the handler only wakes somebody up.</summary>
    public event Action? Appended;

    /// <summary>Writes an entry; completes when it is flushed to the device.</summary>
    /// <returns>The entry with its sequence number and whether it conflicts with an earlier one.</returns>
    /// <exception cref="IOException">The journal cannot be written; <see cref="DurableFile.IsNoSpace"/> tells a full disk.</exception>
    public async Task<JournalEntry> AppendAsync(JournalEntry entry, CancellationToken cancellation)
    {
        var pending = new Pending(entry);
        await waiting.Writer.WriteAsync(pending, cancellation);

        // No cancellation from here: whether the entry stands must be known before anything is said about it.
        return await pending.Written.Task;
    }

    /// <summary>The entry of this very data set, if it is durable.</summary>
    public JournalEntry? Find(string sopInstanceUid, string dataSetSha256)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM journal WHERE sop_instance = $uid AND data_sha = $sha";
        command.Parameters.AddWithValue("$uid", sopInstanceUid);
        command.Parameters.AddWithValue("$sha", dataSetSha256);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Entry(reader) : null;
    }

    /// <summary>All entries of an object, the one in use first.</summary>
    public IReadOnlyList<JournalEntry> OfInstance(string sopInstanceUid)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM journal WHERE sop_instance = $uid ORDER BY seq";
        command.Parameters.AddWithValue("$uid", sopInstanceUid);
        using var reader = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (reader.Read())
        {
            entries.Add(Entry(reader));
        }

        return entries;
    }

    /// <summary>Entries after a sequence number, in order, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<JournalEntry> After(long sequence, int most)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM journal WHERE seq > $seq ORDER BY seq LIMIT $most";
        command.Parameters.AddWithValue("$seq", sequence);
        command.Parameters.AddWithValue("$most", most);
        using var reader = command.ExecuteReader();
        var entries = new List<JournalEntry>();
        while (reader.Read())
        {
            entries.Add(Entry(reader));
        }

        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        if (waiting.Writer.TryComplete())
        {
            await loop;
            await writer.DisposeAsync();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionText);
        connection.Open();
        SqlitePragmas.Apply(connection, Pragmas);
        return connection;
    }

    private async Task WriteAsync()
    {
        var together = new List<Pending>(MostTogether);
        while (await waiting.Reader.WaitToReadAsync())
        {
            together.Clear();
            while (together.Count < MostTogether && waiting.Reader.TryRead(out var pending))
            {
                together.Add(pending);
            }

            Commit(together);
        }
    }

    private void Commit(List<Pending> together)
    {
        List<JournalEntry> written;
        try
        {
            using var transaction = writer.BeginTransaction(deferred: false);
            written = [.. together.Select(pending => Insert(pending.Entry, transaction))];
            transaction.Commit();
        }
        catch (SqliteException failure)
        {
            var error = AsIOException(failure);
            together.ForEach(pending => pending.Written.SetException(error));
            return;
        }

        for (var i = 0; i < together.Count; i++)
        {
            together[i].Written.SetResult(written[i]);
        }

        Appended?.Invoke();
    }

    private JournalEntry Insert(JournalEntry entry, SqliteTransaction transaction)
    {
        using var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO journal(sop_instance, sop_class, syntax, association, path, header, length, data_sha, file_sha, conflict, received)
            VALUES($uid, $class, $syntax, $association, $path, $header, $length, $data, $file,
                   EXISTS(SELECT 1 FROM journal WHERE sop_instance = $uid), $received)
            RETURNING seq, conflict
            """;
        command.Parameters.AddWithValue("$uid", entry.SopInstanceUid);
        command.Parameters.AddWithValue("$class", entry.SopClassUid);
        command.Parameters.AddWithValue("$syntax", entry.TransferSyntaxUid);
        command.Parameters.AddWithValue("$association", entry.AssociationId);
        command.Parameters.AddWithValue("$path", entry.Path);
        command.Parameters.AddWithValue("$header", entry.HeaderLength);
        command.Parameters.AddWithValue("$length", entry.Length);
        command.Parameters.AddWithValue("$data", entry.DataSetSha256);
        command.Parameters.AddWithValue("$file", entry.FileSha256);
        command.Parameters.AddWithValue("$received", entry.Received.ToString("O", CultureInfo.InvariantCulture));
        using var reader = command.ExecuteReader();
        reader.Read();
        return entry with { Sequence = reader.GetInt64(0), IsConflict = reader.GetBoolean(1) };
    }

    /// <summary>SQLITE_FULL (13) is the full disk in SQLite's words; ENOSPC is 28 (errno.h).</summary>
    private static IOException AsIOException(SqliteException failure) =>
        new($"ingest journal: {failure.Message}", failure.SqliteErrorCode == 13 ? 28 : failure.SqliteErrorCode);

    private static JournalEntry Entry(SqliteDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        SopInstanceUid = row.GetString(1),
        SopClassUid = row.GetString(2),
        TransferSyntaxUid = row.GetString(3),
        AssociationId = row.GetString(4),
        Path = row.GetString(5),
        HeaderLength = row.GetInt32(6),
        Length = row.GetInt64(7),
        DataSetSha256 = row.GetString(8),
        FileSha256 = row.GetString(9),
        IsConflict = row.GetBoolean(10),
        Received = DateTime.Parse(row.GetString(11), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
    };

    private sealed record Pending(JournalEntry Entry)
    {
        // Continuations elsewhere: the writer goes on with the next flush, not with a sender's answer.
        public TaskCompletionSource<JournalEntry> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
