namespace ClinicalSuite.Hl7;

/// <summary>What a received message may be at most, and what it is taken for when MSH-18 is empty.</summary>
public sealed record Hl7Limits
{
    public static readonly Hl7Limits Default = new();

    public int MaximumBytes { get; init; } = 64 * 1024 * 1024;

    public int MaximumSegments { get; init; } = 10_000;

    /// <summary>
    /// Character set of messages that name none, as MSH-18 would name it. The standard says ASCII; many sites send GB 18030 without saying so.
    /// </summary>
    public string UnnamedCharacterSet { get; init; } = Hl7CharacterSet.Ascii;
}
