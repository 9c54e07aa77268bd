using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Store;

/// <summary>Every line that the store logs; ids 2000 to 2099. No line carries patient data.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information,
        "store {Folder} is ready: {Leftovers} half received or half removed files removed, "
        + "{Associations} connections, {Runs} runs and {Leases} deliveries of an earlier process released")]
    internal static partial void StoreReady(ILogger log, string folder, int leftovers, int associations, int runs, int leases);

    [LoggerMessage(2001, LogLevel.Warning,
        "the data folder {Folder} can be read by other users of this machine, and its mode cannot be changed: it holds patients' images")]
    internal static partial void FolderOpen(ILogger log, string folder);

    [LoggerMessage(2002, LogLevel.Warning,
        "flushes are off (benchmarkWithoutFlushes): what is acknowledged may be lost with the power; never receive patients' images so")]
    internal static partial void NotDurable(ILogger log);
}
