namespace ClinicalSuite.Store;

public enum DeliveryState
{
    Queued,

    /// <summary>The study has no trustworthy patient: it waits on the reconciliation list.</summary>
    Held,
    Sending,

    /// <summary>The destination acknowledged it; that it has it is still to be proved.</summary>
    Sent,

    /// <summary>Done; <see cref="Delivery.Proof"/> says how that is known.</summary>
    Delivered,

    /// <summary>The destination refused it for good, or the last retry failed: a person must look.</summary>
    Failed,

    /// <summary>A newer version took its place before it left.</summary>
    Superseded,
}
