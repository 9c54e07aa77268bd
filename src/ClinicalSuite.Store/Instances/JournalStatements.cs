using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Instances;

/// <summary>What runs for every object, prepared once on the writer's connection.</summary>
internal sealed class JournalStatements : IDisposable
{
    private const string Columns =
        "seq, sop_instance, sop_class, syntax, association, path, header, length, data_sha, header_sha, conflict, received, facts";

    private readonly SqliteCommand insert;
    private readonly SqliteCommand find;
    private readonly SqliteCommand conflict;

    public JournalStatements(SqliteConnection connection)
    {
        insert = Prepare(connection, $"""
            INSERT INTO journal({Columns})
            VALUES($seq, $uid, $class, $syntax, $association, $path, $header, $length, $data, $headerSha, $conflict, $received, $facts)
            """,
            "$seq", "$uid", "$class", "$syntax", "$association", "$path", "$header", "$length", "$data", "$headerSha", "$conflict",
            "$received", "$facts");
        find = Prepare(
            connection, $"SELECT {Columns} FROM journal WHERE sop_instance = $uid AND data_sha = $data AND removed IS NULL",
            "$uid", "$data");
        conflict = Prepare(
            connection, "SELECT EXISTS(SELECT 1 FROM journal WHERE sop_instance = $uid AND removed IS NULL)", "$uid");
        Connection = connection;
    }

    private SqliteConnection Connection { get; }

    public long LastSequence()
    {
        using var command = Connection.CreateCommand();
        command.CommandText = "SELECT IFNULL(MAX(seq), 0) FROM journal";
        return (long)command.ExecuteScalar()!;
    }

    public JournalEntry? Find(string sopInstanceUid, string dataSetSha256)
    {
        find.Parameters[0].Value = sopInstanceUid;
        find.Parameters[1].Value = dataSetSha256;
        using var reader = find.ExecuteReader();
        return reader.Read() ? Entry(reader) : null;
    }

    public JournalEntry Insert(JournalEntry entry, SqliteTransaction transaction)
    {
        conflict.Transaction = transaction;
        conflict.Parameters[0].Value = entry.SopInstanceUid;
        var isConflict = (long)conflict.ExecuteScalar()! != 0;
        insert.Transaction = transaction;
        Set(
            entry.Sequence, entry.SopInstanceUid, entry.SopClassUid, entry.TransferSyntaxUid, entry.AssociationId, entry.Path,
            entry.HeaderLength, entry.Length, entry.DataSetSha256, entry.HeaderSha256, isConflict,
            entry.Received.ToString("O", CultureInfo.InvariantCulture), (object?)FactsText.Write(entry.Facts) ?? DBNull.Value);
        insert.ExecuteNonQuery();
        return entry with { IsConflict = isConflict };
    }

    public static JournalEntry Entry(SqliteDataReader row) => new()
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
        HeaderSha256 = row.GetString(9),
        IsConflict = row.GetBoolean(10),
        Received = DateTime.Parse(row.GetString(11), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        Facts = row.IsDBNull(12) ? null : FactsText.Read(row.GetString(12)),
    };

    public void Dispose()
    {
        insert.Dispose();
        find.Dispose();
        conflict.Dispose();
    }

    private void Set(params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            insert.Parameters[i].Value = values[i];
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string text, params string[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own constants
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
