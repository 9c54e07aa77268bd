namespace ClinicalSuite.Imaging;

/// <summary>A span that worker threads can reach. Valid only while its owner keeps the memory pinned by <c>fixed</c>.</summary>
public readonly unsafe struct PinnedSpan<T>(T* start, int length)
    where T : unmanaged
{
    public Span<T> Span => new(start, length);
}
