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

    /// <summary>An image that an array was turned into, so that results can refer to it.</summary>
    ConvertedImage,
}
