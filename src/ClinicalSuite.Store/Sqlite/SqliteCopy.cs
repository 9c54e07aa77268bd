using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Sqlite;

/// <summary>A consistent copy of a database that is in use.</summary>
internal static class SqliteCopy
{
    /// <summary>VACUUM INTO reads under one read transaction, so that writers go on; the copy is one file without a log.</summary>
    public static void Write(string connectionText, string path)
    {
        using var connection = new SqliteConnection(connectionText);
        connection.Open();
        SqlitePragmas.Apply(connection, SqlitePragmas.Text);
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $path";
        command.Parameters.AddWithValue("$path", path);
        command.ExecuteNonQuery();
        Instances.DurableFile.FlushFile(path);
    }
}
