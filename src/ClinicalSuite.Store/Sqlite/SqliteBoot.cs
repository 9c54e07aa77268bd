using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClinicalSuite.Store.Sqlite;

/// <summary>Puts the system's libsqlite3, which Debian maintains, under Microsoft.Data.Sqlite in place of a bundled copy.</summary>
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
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : IntPtr.Zero);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        SQLitePCL.raw.FreezeProvider();
    }
}
