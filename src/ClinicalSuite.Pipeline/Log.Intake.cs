using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline;

/// <summary>Lines of the gate; ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information,
        "association {Calling} -> {Called} from {Peer}: {End}; {Stored} objects kept, {Refused} refused")]
    internal static partial void AssociationEnded(
        ILogger log, string calling, string called, string peer, string end, int stored, int refused);

    [LoggerMessage(3001, LogLevel.Warning,
        "object {SopInstance} from {Calling} ({Peer}) refused with {Status:X4}H: {Reason}")]
    internal static partial void ObjectRefused(
        ILogger log, string sopInstance, string calling, string peer, ushort status, string reason);

    [LoggerMessage(3002, LogLevel.Warning,
        "the allow-list is open: any AE title from any address may send (--accept ANY)")]
    internal static partial void AllowListOpen(ILogger log);

    [LoggerMessage(3003, LogLevel.Warning, "connection from {Peer} closed unread: too many connections")]
    internal static partial void Flooded(ILogger log, string peer);

    [LoggerMessage(3004, LogLevel.Error, "connection from {Peer} failed by a defect of this program")]
    internal static partial void ConnectionFailed(ILogger log, string peer, Exception defect);
}
