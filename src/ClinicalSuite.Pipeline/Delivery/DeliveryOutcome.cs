using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>What became of one attempt.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The destination has it and said so.</summary>
    /// <param name="Proof">How it is known already that it can be had there; null where that is still to be found out.</param>
    public sealed record Delivered(PeerAnswer Acknowledgement, DeliveryProof? Proof = null) : DeliveryOutcome;

    /// <summary>It may work later.</summary>
    public sealed record Later(PeerAnswer Cause) : DeliveryOutcome;

    /// <summary>Sending it again is of no use: a person has to look.</summary>
    public sealed record Refused(PeerAnswer Cause, string Remedy) : DeliveryOutcome;

    /// <summary>The study has no trustworthy patient.</summary>
    public sealed record Held : DeliveryOutcome;
}
