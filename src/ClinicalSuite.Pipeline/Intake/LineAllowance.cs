namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// How many lines a flood of refused connections may write into the database: so many in each minute. The log has each of them.
/// </summary>
public sealed class LineAllowance(TimeProvider time)
{
    private const int EachMinute = 60;

    private readonly Lock gate = new();
    private long minute = long.MinValue;
    private int taken;

    /// <summary>True if a line may be written now.</summary>
    public bool Take()
    {
        var now = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        lock (gate)
        {
            if (now != minute)
            {
                minute = now;
                taken = 0;
            }
            return taken++ < EachMinute;
        }
    }
}
