namespace ClinicalSuite.Hl7.Mllp;

/// <summary>MSA-1 (HL7 table 0008).</summary>
public enum AcknowledgementCode
{
    /// <summary>AA or, in enhanced mode, CA: the receiver has taken responsibility.</summary>
    Accept,

    /// <summary>AE, CE: an error; the same message may be accepted later.</summary>
    Error,

    /// <summary>AR, CR: refused; sending it again is of no use.</summary>
    Reject,
}
