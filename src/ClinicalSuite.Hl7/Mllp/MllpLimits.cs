namespace ClinicalSuite.Hl7.Mllp;

/// <summary>What one connection of a receiver may take.</summary>
public sealed record MllpLimits
{
    public static readonly MllpLimits Default = new();

    public Hl7Limits Message { get; init; } = Hl7Limits.Default;

    /// <summary>How long it may take until the next message is there, complete.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the sender may take to read its acknowledgement.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the handler may take before the sender is told AE.</summary>
    public TimeSpan Handling { get; init; } = TimeSpan.FromSeconds(30);
}
