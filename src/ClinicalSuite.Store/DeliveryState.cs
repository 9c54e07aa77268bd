namespace ClinicalSuite.Store;

public enum DeliveryState
{
    Queued,

    /// <summary>The study has no trustworthy patient: it waits on the reconciliation list.</summary>
    Held,
    Sending,

    /// <summary>The destination acknowledged it.</summary>
    Delivered,

    /// <summary>The destination refused it for good, or the last retry failed: a person must look.</summary>
    Failed,

    /// <summary>A newer version took its place before it left.</summary>
    Superseded,
}
