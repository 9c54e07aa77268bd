namespace ClinicalSuite.Hl7.Mllp;

/// <summary>What became of a message sent.</summary>
public abstract record MllpOutcome
{
    private MllpOutcome()
    {
    }

    /// <summary>AA or CA with our control id: delivered.</summary>
    public sealed record Accepted(string Text) : MllpOutcome;

    /// <summary>AE or CE: the receiver met an error.</summary>
    public sealed record Error(string Text) : MllpOutcome;

    /// <summary>AR or CR: the receiver refuses the message.</summary>
    public sealed record Rejected(string Text) : MllpOutcome;

    /// <summary>No answer in time. The socket is closed, so that a late answer meets nobody. The message may have arrived.</summary>
    public sealed record Timeout(TimeSpan After) : MllpOutcome;

    /// <param name="MayHaveArrived">False: surely not delivered. True: the connection broke after sending had begun.</param>
    public sealed record ConnectionFailed(string Reason, bool MayHaveArrived) : MllpOutcome;

    /// <summary>An answer to another message. It says nothing about ours, which may have arrived.</summary>
    public sealed record WrongControlId(string Expected, string Received) : MllpOutcome;

    /// <summary>An answer that is no acknowledgement. The message may have arrived.</summary>
    public sealed record UnreadableAnswer(string Reason) : MllpOutcome;
}
