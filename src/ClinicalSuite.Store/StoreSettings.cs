namespace ClinicalSuite.Store;

public sealed record StoreSettings
{
    /// <summary>Where everything lies that survives a restart.</summary>
    public required string DataFolder { get; init; }

    public DiskWatermarks Watermarks { get; init; } = new();

    /// <summary>False gives up durability, for measurements only: what was acknowledged may be lost with the power.</summary>
    public bool Flushes { get; init; } = true;
}
