namespace ClinicalSuite.Dicom;

/// <summary>How a file is read, and the limits that keep hostile input harmless.</summary>
public sealed record DicomReadOptions
{
    public static DicomReadOptions Default { get; } = new();

    /// <summary>Everything up to, but not including, pixel data.</summary>
    public static DicomReadOptions HeaderOnly { get; } = new()
    {
        StopBefore = new DicomTag(0x7FE0, 0x0000),
        MaximumInflatedBytes = 128L << 20,
    };

    /// <summary>Reading ends before the first top-level element with this tag or a higher one.</summary>
    public DicomTag? StopBefore { get; init; }

    /// <summary>
    /// The top-level elements that are kept; null keeps all. The rest is read and judged like all else but held by nobody,
    /// nor is a value above <see cref="LargeValueBytes"/>: the memory is then that of these elements, whatever the file.
    /// </summary>
    public IReadOnlySet<DicomTag>? KeepOnly { get; init; }

    /// <summary>Values longer than this stay in their file until asked for. Bytes.</summary>
    public int LargeValueBytes { get; init; } = 64 * 1024;

    /// <summary>Sequences within sequences, at most.</summary>
    public int MaximumDepth { get; init; } = 64;

    /// <summary>
    /// Elements and items of all levels, at most: each takes a hundred bytes of memory for eight of the file. The functional groups
    /// of ten thousand frames are about a million.
    /// </summary>
    public int MaximumElements { get; init; } = 4_000_000;

    /// <summary>Most bytes that a deflated data set may become.</summary>
    public long MaximumInflatedBytes { get; init; } = 1L << 30;

    /// <summary>Most inflated bytes per deflated byte, beyond the first 16 MiB.</summary>
    public int MaximumInflateRatio { get; init; } = 200;
}
