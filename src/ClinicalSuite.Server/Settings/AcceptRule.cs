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
        return parts.Length is 1 or 2 && IsAeTitle(parts[0]) && parts[^1].Length > 0
            ? new AcceptRule(parts[0], parts.Length == 2 ? parts[1] : null)
            : null;
    }

    /// <summary>PS3.5 6.2: 1 to 16 characters of the default repertoire without backslash and control characters, not only spaces.</summary>
    public static bool IsAeTitle(string text) =>
        text.Length is > 0 and <= 16 && text.Trim().Length > 0 && text.All(c => c is >= ' ' and <= '~' and not '\\');

    public override string ToString() => Host is null ? AeTitle : $"{AeTitle}@{Host}";
}
