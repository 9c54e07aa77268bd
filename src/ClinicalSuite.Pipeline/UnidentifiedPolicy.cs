namespace ClinicalSuite.Pipeline;

/// <summary>What happens to reports for the RIS of a study without a trustworthy patient.</summary>
public enum UnidentifiedPolicy
{
    /// <summary>They wait until a person has confirmed the patient.</summary>
    Hold,

    /// <summary>They leave with a stand-in for the patient's number, marked preliminary (for demonstrations).</summary>
    Send,
}
