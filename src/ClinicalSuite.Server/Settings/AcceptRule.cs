namespace ClinicalSuite.Server.Settings;

/// <summary>A caller on the allow-list: an AE title, from one host or from any. <see cref="Anyone"/> opens the list.</summary>
/// <param name="Host">An address or name; null for any.</param>
public sealed record AcceptRule(string AeTitle, string? Host)
{
    public static readonly AcceptRule Anyone = new("ANY", null);

    /// <summary>Reads <c>AET[@HOST]</c>; null when it is none.</summary>
    public static AcceptRule? Parse(string text)
    {
        var parts = text.Split('@');
        return parts.Length is 1 or 2 && DicomPeer.IsAeTitle(parts[0]) && parts[^1].Length > 0
            ? new AcceptRule(parts[0], parts.Length == 2 ? parts[1] : null)
            : null;
    }

    public override string ToString() => Host is null ? AeTitle : $"{AeTitle}@{Host}";
}
