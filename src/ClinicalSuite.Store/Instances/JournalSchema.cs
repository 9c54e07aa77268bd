using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Instances;

/// <summary>The one table of the journal, and how the file of an earlier version becomes the present one.</summary>
internal static class JournalSchema
{
    private const long Version = 2;

    /// <summary>Unique only among what is not removed: what retention has taken away may come again.</summary>
    private const string Create = """
        CREATE TABLE journal(
            seq INTEGER PRIMARY KEY,
            sop_instance TEXT NOT NULL, sop_class TEXT NOT NULL, syntax TEXT NOT NULL, association TEXT NOT NULL,
            path TEXT NOT NULL, header INTEGER NOT NULL, length INTEGER NOT NULL,
            data_sha TEXT NOT NULL, header_sha TEXT NOT NULL, conflict INTEGER NOT NULL, received TEXT NOT NULL,
            facts TEXT, removed TEXT, purged INTEGER NOT NULL DEFAULT 0);
        CREATE UNIQUE INDEX journal_instance ON journal(sop_instance, data_sha) WHERE removed IS NULL;
        CREATE INDEX journal_removed ON journal(seq) WHERE removed IS NOT NULL AND purged = 0;
        """;

    /// <summary>Version 1 hashed the whole file, not the header: its entries are verified by their data set.</summary>
    private const string FromVersion1 = """
        ALTER TABLE journal RENAME TO journal_1;
        """ + Create + """
        INSERT INTO journal(seq, sop_instance, sop_class, syntax, association, path, header, length, data_sha, header_sha, conflict, received)
        SELECT seq, sop_instance, sop_class, syntax, association, path, header, length, data_sha, '', conflict, received FROM journal_1;
        DROP TABLE journal_1;
        """;

    public static void Prepare(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version < Version)
        {
            command.CommandText = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'journal'";
            var exists = (long)command.ExecuteScalar()! > 0;
            command.CommandText = exists ? FromVersion1 : Create;
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
