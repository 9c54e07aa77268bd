namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>The options of PS3.15 Annex E that are offered beside the basic profile, in the order of table E.1-1.</summary>
[Flags]
public enum DeidentificationOptions
{
    None = 0,

    /// <summary>E.3.10. Private attributes that are known not to identify anybody stay.</summary>
    RetainSafePrivate = 1,

    /// <summary>E.3.9.</summary>
    RetainUids = 1 << 1,

    /// <summary>E.3.8.</summary>
    RetainDeviceIdentity = 1 << 2,

    /// <summary>E.3.11.</summary>
    RetainInstitutionIdentity = 1 << 3,

    /// <summary>E.3.7. Ages above 89 are said as 90.</summary>
    RetainPatientCharacteristics = 1 << 4,

    /// <summary>E.3.6, dates as they are.</summary>
    RetainFullDates = 1 << 5,

    /// <summary>E.3.6, dates moved by a number of days that is one patient's own.</summary>
    RetainModifiedDates = 1 << 6,

    /// <summary>E.3.5.</summary>
    CleanDescriptors = 1 << 7,

    /// <summary>E.3.4.</summary>
    CleanStructuredContent = 1 << 8,

    /// <summary>E.3.3. Vector graphics stay, their text is cleaned; bitmaps go, for nobody has read them.</summary>
    CleanGraphics = 1 << 9,
}
