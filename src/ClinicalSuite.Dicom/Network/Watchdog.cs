namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// The one timer of an association. It interrupts the pending read or write by the given action; no token is made for
/// each operation, since a PDU comes every few microseconds.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly TimeProvider time;
    private readonly Action interrupt;
    private readonly ITimer timer;
    private long deadline = long.MaxValue;

    public Watchdog(TimeProvider time, Action interrupt)
    {
        this.time = time;
        this.interrupt = interrupt;
        timer = time.CreateTimer(
            static me => ((Watchdog)me!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True from the moment the limit ran out until the next start.</summary>
    public bool Expired => time.GetTimestamp() >= Volatile.Read(ref deadline);

    public void Start(TimeSpan limit)
    {
        Volatile.Write(ref deadline, time.GetTimestamp() + (long)(limit.TotalSeconds * time.TimestampFrequency));
        timer.Change(limit, Timeout.InfiniteTimeSpan);
    }

    public void Stop()
    {
        Volatile.Write(ref deadline, long.MaxValue);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    private void Fire()
    {
        // Left over from a period that was stopped while this call was on its way.
        var left = Volatile.Read(ref deadline) - time.GetTimestamp();
        if (left <= 0)
        {
            interrupt();
        }
        else if (Volatile.Read(ref deadline) != long.MaxValue)
        {
            // Timers may fire a little early on the clock that GetTimestamp reads.
            timer.Change(TimeSpan.FromSeconds(left / (double)time.TimestampFrequency) + TimeSpan.FromMilliseconds(1),
                Timeout.InfiniteTimeSpan);
        }
    }
}
