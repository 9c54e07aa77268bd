namespace ClinicalSuite.Store;

public sealed record StoreSettings
{
    /// <summary>Where everything lies that survives a restart.</summary>
    public required string DataFolder { get; init; }

    /// <summary>What this process does on the folder: what a killed one left is cleared away by the one that has its role.</summary>
    public IReadOnlySet<StoreRole> Roles { get; init; } = new HashSet<StoreRole> { StoreRole.Intake, StoreRole.Work, StoreRole.Web };

    public DiskWatermarks Watermarks { get; init; } = new();

    /// <summary>False gives up durability, for measurements only: what was acknowledged may be lost with the power.</summary>
    public bool Flushes { get; init; } = true;
}
