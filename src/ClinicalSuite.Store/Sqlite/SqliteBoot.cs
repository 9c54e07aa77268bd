using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ClinicalSuite.Store.Sqlite;

/// <summary>
/// Puts Debian's libsqlite3 under Microsoft.Data.Sqlite. That assembly asks for SQLitePCLRaw.core 2.1.13, the registry serves
/// 2.0.6: the failed load raises Resolving, and the one that is loaded is handed back (its managed surface suffices).
/// </summary>
internal static class SqliteBoot
{
    private static bool isReady;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "must run before any SqliteConnection of this or another assembly is touched")]
    internal static void Start()
    {
        if (isReady)
        {
            return;
        }

        isReady = true;
        var core = typeof(SQLitePCL.raw).Assembly;
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == "SQLitePCLRaw.core" ? core : null;
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : IntPtr.Zero);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        SQLitePCL.raw.FreezeProvider();
    }
}
