using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClinicalSuite.Store.Sqlite;

/// <summary>
/// What a connection string cannot carry, said on every connection. Without busy_timeout Microsoft.Data.Sqlite sleeps 150 ms
/// between tries. FULL: a run whose row a power cut took back would be made again with another time and the same UIDs, after its
/// first objects had left.
/// </summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Text = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=wal; PRAGMA synchronous=FULL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection, Text);

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Text;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static void Apply(DbConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own constant
        command.CommandText = pragmas;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
