namespace ClinicalSuite.Store;

/// <summary>Whether results may leave for the patient that a study names.</summary>
public enum IdentityTrust
{
    /// <summary>No PatientID, or nothing to tell patients apart: nothing goes to a RIS by itself.</summary>
    Unidentified,

    /// <summary>Images of one study name different patients.</summary>
    Contradictory,

    /// <summary>PatientID present and the same in all images.</summary>
    AsReceived,

    /// <summary>A person or an order confirmed it.</summary>
    Confirmed,
}
