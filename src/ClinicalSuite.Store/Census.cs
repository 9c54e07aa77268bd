namespace ClinicalSuite.Store;

/// <summary>Counts of one moment.</summary>
public sealed record Census
{
    public required int Studies { get; init; }

    /// <summary>Studies that assembly has still to decide about.</summary>
    public required int StudiesWaiting { get; init; }

    public required IReadOnlyDictionary<RunState, int> Runs { get; init; }

    public required IReadOnlyDictionary<DeliveryState, int> Deliveries { get; init; }

    /// <summary>When the oldest delivery that has not arrived was made; null when none waits.</summary>
    public DateTime? OldestWaitingDelivery { get; init; }

    /// <summary>Associations that carry objects at this moment.</summary>
    public required int AssociationsOpen { get; init; }
}
