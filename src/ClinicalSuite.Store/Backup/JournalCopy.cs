using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Backup;

/// <summary>Reads the copied journal and leaves no trace beside it.</summary>
internal sealed class JournalCopy : IDisposable
{
    private readonly SqliteConnection connection;

    public JournalCopy(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
    }

    public (long Count, long Last) Extent()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COUNT(*) FROM journal WHERE removed IS NULL), (SELECT IFNULL(MAX(seq), 0) FROM journal)";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    public IReadOnlyList<(long Sequence, string Path)> After(long sequence, int most)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq, path FROM journal WHERE seq > $seq AND removed IS NULL ORDER BY seq LIMIT $most";
        command.Parameters.AddWithValue("$seq", sequence);
        command.Parameters.AddWithValue("$most", most);
        using var reader = command.ExecuteReader();
        var paths = new List<(long, string)>();
        while (reader.Read())
        {
            paths.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return paths;
    }

    public void Dispose() => connection.Dispose();
}
