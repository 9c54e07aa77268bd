namespace ClinicalSuite.Server.Settings;

/// <summary>A DICOM node that we call.</summary>
public sealed record DicomPeer(string AeTitle, string Host, int Port)
{
    /// <summary>Reads <c>AET@HOST:PORT</c>; null when it is none.</summary>
    public static DicomPeer? Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && IsAeTitle(text[..at]) && NetworkPeer.Parse(text[(at + 1)..]) is { } peer
            ? new DicomPeer(text[..at], peer.Host, peer.Port)
            : null;
    }

    /// <summary>PS3.5 6.2: 1 to 16 characters of the default repertoire without backslash and control characters, not only spaces.</summary>
    public static bool IsAeTitle(string text) =>
        text.Length is > 0 and <= 16 && text.Trim().Length > 0 && text.All(c => c is >= ' ' and <= '~' and not '\\');

    public override string ToString() => $"{AeTitle}@{Host}:{Port}";
}
