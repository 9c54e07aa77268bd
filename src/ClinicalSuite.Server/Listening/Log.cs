namespace ClinicalSuite.Server.Listening;

/// <summary>What the listeners log; ids 4000 to 4099.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Warning, "TLS handshake with {Peer} ({Port}) failed: {Refusal}")]
    internal static partial void HandshakeFailed(ILogger log, string peer, string port, string refusal);

    [LoggerMessage(4001, LogLevel.Warning, "connection from {Peer} closed: too many unfinished TLS handshakes")]
    internal static partial void HandshakesFull(ILogger log, string peer);
}
