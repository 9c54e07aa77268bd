using System.Threading.Channels;

namespace ClinicalSuite.Pipeline;

/// <summary>Wakes one worker; any number of calls while it is busy wake it once more.</summary>
internal sealed class WakeUp(TimeProvider time)
{
    private readonly Channel<bool> calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => calls.Writer.TryWrite(true);

    /// <summary>Returns when called, or when the limit has passed; null waits for a call only.</summary>
    public async Task WaitAsync(TimeSpan? limit, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var called = calls.Reader.WaitToReadAsync(both.Token).AsTask();
        var passed = Task.Delay(limit ?? Timeout.InfiniteTimeSpan, time, both.Token);
        await Task.WhenAny(called, passed);
        await both.CancelAsync();
        calls.Reader.TryRead(out _);
        cancellation.ThrowIfCancellationRequested();
    }
}
