using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ClinicalSuite.Store.Sqlite;

/// <summary>Connections that carry <see cref="SqlitePragmas"/>, for users of plain ADO.NET such as the job scheduler.</summary>
public sealed class PragmaSqliteFactory : DbProviderFactory
{
    public static readonly PragmaSqliteFactory Instance = new();

    private PragmaSqliteFactory()
    {
    }

    public override DbConnection CreateConnection() => new Connection();

    public override DbCommand CreateCommand() => new SqliteCommand();

    public override DbParameter CreateParameter() => new SqliteParameter();

    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new SqliteConnectionStringBuilder();

    private sealed class Connection : SqliteConnection
    {
        public override void Open()
        {
            base.Open();
            SqlitePragmas.Apply(this, SqlitePragmas.Text);
        }
    }
}
