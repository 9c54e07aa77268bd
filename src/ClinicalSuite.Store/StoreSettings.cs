namespace ClinicalSuite.Store;

public sealed record StoreSettings
{
    /// <summary>Where everything lies that survives a restart.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Free space below which nothing is taken in, so that databases and results always find room.</summary>
    public long ReserveBytes { get; init; } = 512L << 20;
}
