namespace ClinicalSuite.Evidence.Volumes;

/// <summary>What an input may hold at most; a hostile archive must not fill memory.</summary>
public sealed record InputLimits
{
    public static readonly InputLimits Usual = new();

    public int FileCount { get; init; } = 100_000;

    /// <summary>Of one file or archive entry, inflated.</summary>
    public long FileBytes { get; init; } = 2L << 30;

    /// <summary>Of all entries of one archive, inflated.</summary>
    public long ArchiveBytes { get; init; } = 64L << 30;

    /// <summary>Of one volume: a header of few bytes may claim any size.</summary>
    public long VoxelCount { get; init; } = 1L << 30;
}
