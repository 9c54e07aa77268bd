namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>How objects are de-identified.</summary>
public sealed record DeidentificationPlan
{
    public required DeidentificationKey Key { get; init; }

    public DeidentificationOptions Options { get; init; }

    /// <summary>Pseudonyms of the site; null derives them from the key.</summary>
    public PseudonymList? Patients { get; init; }

    public SafePrivateAttributes SafePrivate { get; init; } = SafePrivateAttributes.Default;

    /// <summary>What is blanked in which images.</summary>
    public RedactionRules Redaction { get; init; } = RedactionRules.None;

    /// <summary>Ultrasound images keep their calibrated regions; all outside of them is blanked.</summary>
    public bool BlanksOutsideUltrasoundRegions { get; init; }

    /// <summary>Images in whose pixels somebody may be named are written as they are.</summary>
    public bool AcceptsBurnedIn { get; init; }

    /// <summary>Images that say that somebody could be recognized by them are written.</summary>
    public bool AcceptsVisualFeatures { get; init; }
}
