namespace ClinicalSuite.RawData;

/// <summary>What a file may claim at most; a header of few bytes must not fill memory.</summary>
public sealed record RawDataLimits
{
    public static readonly RawDataLimits Usual = new();

    public int HeaderBytes { get; init; } = 1 << 20;

    /// <summary>Of one array in memory.</summary>
    public long ArrayBytes { get; init; } = 8L << 30;

    /// <summary>Deflate yields at most 1032 bytes for one (RFC 1951: 258 bytes from two bits); a claim beyond that is a lie.</summary>
    public int InflateRatio { get; init; } = 1032;
}
