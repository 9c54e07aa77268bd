namespace ClinicalSuite.Evidence;

/// <summary>This installation, as each object names its maker (PS3.3 C.7.5.2 Enhanced General Equipment: none may be empty).</summary>
public sealed record DeviceIdentity
{
    public string Manufacturer { get; init; } = "ClinicalSuite";

    public string Model { get; init; } = "ClinicalSuite Appliance";

    public required string SerialNumber { get; init; }

    public required string SoftwareVersion { get; init; }

    /// <summary>Device Observer UID of the SR: one per installation.</summary>
    public required string Uid { get; init; }
}
