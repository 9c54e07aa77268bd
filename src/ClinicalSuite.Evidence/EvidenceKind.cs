namespace ClinicalSuite.Evidence;

public enum EvidenceKind
{
    SegmentationParts,
    SegmentationWhole,
    StructuredReport,
    SecondaryCapture,
    EncapsulatedPdf,
    Pdf,
    ObservationResult,
    FindingsJson,
}
