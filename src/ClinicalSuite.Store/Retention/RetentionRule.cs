namespace ClinicalSuite.Store.Retention;

/// <summary>Which studies may go. A study that is unfinished, undelivered or needs a person never does, whatever a rule says.</summary>
public sealed record RetentionRule
{
    /// <summary>Since the latest image arrived.</summary>
    public required TimeSpan OlderThan { get; init; }

    /// <summary>Studies with a series of one of these; empty: of any.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    public RetentionState State { get; init; } = RetentionState.Delivered;

    public override string ToString() =>
        $"older than {OlderThan.TotalDays:0.###} days, {(Modalities.Count == 0 ? "any modality" : string.Join("/", Modalities))}, "
        + State.ToString().ToLowerInvariant();
}
