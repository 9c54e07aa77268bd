namespace ClinicalSuite.Evidence.Volumes;

/// <summary>One received object: its names, where it lies, and its place in the series.</summary>
public sealed record SourceInstance
{
    public required InputFile File { get; init; }

    public required string SopClassUid { get; init; }

    public required string SopInstanceUid { get; init; }

    /// <summary>InstanceNumber; null when absent.</summary>
    public int? Number { get; init; }

    /// <summary>Frames that it holds; 1 for a classic slice, 0 for an object without pixels.</summary>
    public int Frames { get; init; }
}
