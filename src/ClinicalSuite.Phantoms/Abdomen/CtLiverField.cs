namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>What of the patient is scanned.</summary>
public enum CtLiverField
{
    /// <summary>The whole cross section, 240 mm from the lower kidneys to above the diaphragm.</summary>
    Abdomen,

    /// <summary>The box around the liver.</summary>
    Liver,
}
