using System.Globalization;

namespace ClinicalSuite.Dicom.Network;

/// <summary>An application entity that can be called.</summary>
public sealed record DicomPeer(string AeTitle, string Host, int Port)
{
    /// <summary>Reads <c>AET@HOST:PORT</c>; an IPv6 address stands in brackets.</summary>
    public static bool TryParse(string text, out DicomPeer peer)
    {
        peer = new("", "", 0);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (at is < 1 or > 16 || colon <= at + 1
            || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port == 0)
        {
            return false;
        }
        peer = new(text[..at], text[(at + 1)..colon].Trim('[', ']'), port);
        return true;
    }

    public override string ToString() => $"{AeTitle}@{Host}:{Port}";
}
