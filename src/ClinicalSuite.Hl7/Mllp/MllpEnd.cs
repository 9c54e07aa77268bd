namespace ClinicalSuite.Hl7.Mllp;

/// <summary>Why a connection ended; for the log.</summary>
public abstract record MllpEnd
{
    private MllpEnd()
    {
    }

    public sealed record ClosedByPeer : MllpEnd;

    public sealed record Idle(TimeSpan After) : MllpEnd;

    /// <summary>Not MLLP, a message over the limit, or a broken connection.</summary>
    public sealed record Broken(string Reason) : MllpEnd;
}
