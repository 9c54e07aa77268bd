namespace ClinicalSuite.Dicom.Conformance;

internal enum ValueCheckKind
{
    /// <summary>Enumerated values (PS3.3 7.4): no other is allowed.</summary>
    Enumerated,

    /// <summary>Defined terms (PS3.3 7.4): others may be added.</summary>
    DefinedTerms,

    NotZero,

    /// <summary>Zero is allowed and says nothing, as of a patient's weight.</summary>
    BetterNotZero,
}
