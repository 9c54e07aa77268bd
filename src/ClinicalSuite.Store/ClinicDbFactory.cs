using ClinicalSuite.Store.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Store;

/// <summary>Makes contexts for one unit of work each.</summary>
public sealed class ClinicDbFactory
{
    private readonly DbContextOptions<LiteClinicDb> options;

    public ClinicDbFactory(StoreFolder folder, ILoggerFactory logs)
    {
        ConnectionText = LiteConnectionText(folder.ClinicDatabase);
        options = new DbContextOptionsBuilder<LiteClinicDb>()
            .UseSqlite(ConnectionText)
            .AddInterceptors(new SqlitePragmas())
            .UseLoggerFactory(logs)
            .Options;
    }

    /// <summary>For users of plain ADO.NET on the same file, by <see cref="PragmaSqliteFactory"/>.</summary>
    public string ConnectionText { get; }

    public ClinicDb Create() => new LiteClinicDb(options);

    /// <summary>Debian's SQLite has foreign keys off by default, so that a dangling row is accepted in silence.</summary>
    public static string LiteConnectionText(string path) =>
        new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 60 }.ToString();
}
