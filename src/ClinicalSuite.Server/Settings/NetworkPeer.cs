using System.Globalization;

namespace ClinicalSuite.Server.Settings;

/// <summary>A host and a port that we call.</summary>
public sealed record NetworkPeer(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c> (an IPv6 address in brackets); null when it is none.</summary>
    public static NetworkPeer? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
            ? new NetworkPeer(text[..colon].Trim('[', ']'), port)
            : null;
    }

    public override string ToString() => $"{Host}:{Port}";
}
