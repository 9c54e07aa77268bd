namespace ClinicalSuite.Server;

/// <summary>Every line that the host logs; ids 4000 to 4999. No line carries patient data.</summary>
internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Warning, "open pages were not told of a change; they show it when they are loaded again")]
    internal static partial void PagesNotTold(ILogger log, Exception fault);

    [LoggerMessage(4000, LogLevel.Error, "a stored object cannot be read: {Problem}")]
    internal static partial void StoredObjectUnreadable(ILogger log, string problem);

    [LoggerMessage(4001, LogLevel.Error, "a DICOMweb request failed by a defect of this program")]
    internal static partial void RequestFailed(ILogger log, Exception defect);
}
