namespace ClinicalSuite.Store;

/// <summary>How it is known that a destination has what it was sent.</summary>
public enum DeliveryProof
{
    /// <summary>Not known yet.</summary>
    None,

    /// <summary>The destination has taken it over for good (storage commitment).</summary>
    Commitment,

    /// <summary>It was found at the destination by C-FIND.</summary>
    Find,

    /// <summary>It was found at the destination by QIDO-RS.</summary>
    Qido,

    /// <summary>The acknowledgement itself says so: MSA of the application.</summary>
    Acknowledgement,

    /// <summary>The settings ask for none.</summary>
    NotAsked,

    /// <summary>The destination offers nothing by which it could be proved.</summary>
    NotPossible,
}
