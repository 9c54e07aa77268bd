using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>What one look after the proof of some deliveries has shown.</summary>
internal abstract record ProofOutcome
{
    private ProofOutcome()
    {
    }

    /// <summary>It is there, or the destination offers nothing by which that could be known.</summary>
    public sealed record Settled(DeliveryProof Proof, string Text) : ProofOutcome;

    /// <summary>A commitment was asked for; whoever takes the report settles the rows.</summary>
    public sealed record Asked : ProofOutcome;

    /// <summary>It cannot be said yet.</summary>
    public sealed record Later(string Text) : ProofOutcome;

    /// <summary>The destination answered and does not have it, or does not show it yet.</summary>
    public sealed record Missing(string Text) : ProofOutcome;

    /// <summary>It cannot be said and will not be.</summary>
    public sealed record Hopeless(string Cause, string Remedy) : ProofOutcome;
}
