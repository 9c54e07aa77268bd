namespace ClinicalSuite.Store;

public enum EvidenceKind
{
    /// <summary>SEG of the exclusive parts.</summary>
    SegmentationParts,

    /// <summary>SEG of the wholes that include others.</summary>
    SegmentationWhole,
    StructuredReport,
    SecondaryCapture,
    EncapsulatedPdf,
    Image,
    ParametricMap,

    /// <summary>report.pdf for people, as a plain file.</summary>
    Pdf,
    Oru,

    /// <summary>findings.json.</summary>
    Findings,
    Other,
}
