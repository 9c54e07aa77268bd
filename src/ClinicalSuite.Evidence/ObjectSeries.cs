using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence;

/// <summary>What tells one kind of object that we make from another: the series it goes into.</summary>
/// <param name="Name">Purpose from which its UIDs derive and file name without ending, e.g. <c>seg-parts</c>.</param>
/// <param name="Number">SeriesNumber: 9000 and up keeps clear of the scanner's.</param>
public sealed record ObjectSeries(string Name, string SopClassUid, string Modality, int Number)
{
    public static readonly ObjectSeries SegmentationParts =
        new("seg-parts", DicomUID.SegmentationStorage, "SEG", 9001);

    public static readonly ObjectSeries SegmentationWhole =
        new("seg-whole", DicomUID.SegmentationStorage, "SEG", 9002);

    public static readonly ObjectSeries StructuredReport =
        new("sr", DicomUID.Comprehensive3DSRStorage, "SR", 9003);

    public static readonly ObjectSeries SecondaryCapture =
        new("sc", DicomUID.SecondaryCaptureImageStorage, "OT", 9004);

    public static readonly ObjectSeries EncapsulatedPdf =
        new("pdf", DicomUID.EncapsulatedPDFStorage, "DOC", 9005);

    /// <summary>The names of the one object of this series in a run.</summary>
    public ObjectReference Reference(EvidenceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ObjectReference(
            context.Study.Facts.StudyUid, context.Uid(Name + "/series"), SopClassUid, context.Uid(Name + "/instance"));
    }
}
