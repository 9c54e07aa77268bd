namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>How it is to be proved that a PACS has what it was sent.</summary>
public enum ProofPolicy
{
    /// <summary>Storage commitment where the PACS offers it, else C-FIND, else said plainly that there is no proof.</summary>
    Auto,

    /// <summary>Storage commitment and nothing less.</summary>
    Commitment,

    /// <summary>C-FIND at image level.</summary>
    Find,

    /// <summary>The acknowledgement is enough.</summary>
    None,
}
