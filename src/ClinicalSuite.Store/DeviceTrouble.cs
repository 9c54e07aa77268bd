using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>Tells a database that could not be written for lack of space, or by a fault of the device, from a defect of the program.</summary>
public static class DeviceTrouble
{
    // sqlite3.h: SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN
    private static readonly int[] Codes = [10, 13, 14];

    public static bool Is(Exception failure) =>
        (failure is DbUpdateException ? failure.InnerException : failure) is SqliteException { SqliteErrorCode: var code } && Codes.Contains(code);
}
