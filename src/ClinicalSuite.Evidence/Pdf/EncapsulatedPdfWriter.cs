using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>The report as a DICOM object of the study (Encapsulated PDF, PS3.3 A.45.1).</summary>
/// <remarks>Modality is DOC: viewers pass over a document of modality OT without a word.</remarks>
public static class EncapsulatedPdfWriter
{
    private static readonly Code Report = new("18748-4", "LN", "Diagnostic Imaging Report");

    /// <param name="pdf">The document, not padded.</param>
    /// <param name="made">Objects of this run that the document shows or reports on: segmentations, structured report.</param>
    public static DicomDataset Write(EvidenceContext context, ReadOnlySpan<byte> pdf, IEnumerable<ObjectReference> made)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(made);
        var description = context.Analysis.Description;
        var title = context.Language == DocumentLanguage.Chinese ? description.TitleChinese : description.Title;
        var words = ReportWords.In(context.Language);
        var length = pdf.Length;
        var document = new byte[length + (length % 2)];
        pdf.CopyTo(document);
        var target = ObjectHeader.Create(context, ObjectSeries.EncapsulatedPdf, $"{title}: {words.Report}")
            .AddOrUpdate(DicomTag.AcquisitionDateTime, ObjectHeader.DateTimeText(context))
            .AddOrUpdate(DicomTag.ConversionType, "WSD")
            .AddOrUpdate(DicomTag.SecondaryCaptureDeviceManufacturer, context.Device.Manufacturer)
            .AddOrUpdate(DicomTag.SecondaryCaptureDeviceManufacturerModelName, context.Device.Model)
            .AddOrUpdate(DicomTag.SecondaryCaptureDeviceSoftwareVersions, context.Device.SoftwareVersion)
            .AddOrUpdate(DicomTag.BurnedInAnnotation, "YES")
            .AddOrUpdate(DicomTag.RecognizableVisualFeatures, "NO")
            .AddOrUpdate(DicomTag.ConceptNameCodeSequence, Report.ToItem())
            .AddOrUpdate(DicomTag.VerificationFlag, "UNVERIFIED")
            .AddOrUpdate(DicomTag.DocumentTitle, title)
            .AddOrUpdate(DicomTag.EncapsulatedDocument, document)
            .AddOrUpdate(DicomTag.EncapsulatedDocumentLength, length)
            .AddOrUpdate(DicomTag.MIMETypeOfEncapsulatedDocument, "application/pdf");
        var sources = Sources(context, made);
        return sources.Length == 0 ? target : target.AddOrUpdate(DicomTag.SourceInstanceSequence, sources);
    }

    /// <summary>What was read, then what was made (type 1C: the document derives from them).</summary>
    private static DicomDataset[] Sources(EvidenceContext context, IEnumerable<ObjectReference> made) =>
    [
        .. context.Series.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .SelectMany(entry => entry.Value.Instances)
            .Select(instance => DatasetItems.SopReference(instance.SopClassUid, instance.SopInstanceUid)),
        .. context.GivenObjects.Concat(made).Select(names => DatasetItems.SopReference(names.SopClassUid, names.SopInstanceUid)),
    ];
}
