using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Evidence.Oru;
using ClinicalSuite.Evidence.Pdf;
using ClinicalSuite.Evidence.Sc;
using ClinicalSuite.Evidence.Seg;
using ClinicalSuite.Evidence.Sr;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence;

/// <summary>A result to all objects that leave: each writer once, each object checked.</summary>
public static class EvidenceSet
{
    /// <summary>Columns of the key figure's raster.</summary>
    private const int PictureColumns = 1024;

    /// <summary>
    /// The objects in the order in which they are to leave: segmentations before the report that refers to them. Equal input gives
    /// equal bytes.
    /// </summary>
    /// <exception cref="InvalidOperationException">An object fails its own check: a fault of this program.</exception>
    public static IReadOnlyList<EvidenceObject> Write(
        EvidenceContext context, AnalysisResult result, AnalysisInput? input = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        try
        {
            return WriteAll(context, result, input);
        }
        catch (DicomFormatException) when (context.CharacterSet is null)
        {
            // The source's character set cannot hold our text: then all objects of the run are in Unicode.
            return WriteAll(context with { CharacterSet = "ISO_IR 192" }, result, input);
        }
    }

    private static List<EvidenceObject> WriteAll(EvidenceContext context, AnalysisResult result, AnalysisInput? input)
    {
        var objects = new List<EvidenceObject>();
        var completed = result as AnalysisResult.Completed;
        SegmentationObjects? segmentations = null;
        if (completed?.Segments is { Segments.Count: > 0 } map && context.Series[map.SeriesRole].Slices.Count > 0)
        {
            segmentations = SegmentationWriter.Write(context, completed);
            Add(EvidenceKind.SegmentationParts, ObjectSeries.SegmentationParts, segmentations.Parts);
            if (segmentations.Whole is { } whole)
            {
                Add(EvidenceKind.SegmentationWhole, ObjectSeries.SegmentationWhole, whole);
            }
        }

        Add(EvidenceKind.StructuredReport, ObjectSeries.StructuredReport,
            StructuredReportWriter.Write(context, result, segmentations));
        if (completed?.Figures is [var key, ..])
        {
            var picture = FigureDrawing.Render(key, PictureColumns, ReportTexts.ResearchUse(context.Language));
            Add(EvidenceKind.SecondaryCapture, ObjectSeries.SecondaryCapture,
                SecondaryCaptureWriter.Write(context, picture, key.Title));
        }

        var pdf = ReportPdf.Write(context, result);
        objects.Add(new EvidenceObject(EvidenceKind.Pdf, "report.pdf", null, pdf));
        var made = objects.Select(made => made.Reference).OfType<ObjectReference>().ToList();
        Add(EvidenceKind.EncapsulatedPdf, ObjectSeries.EncapsulatedPdf, EncapsulatedPdfWriter.Write(context, pdf, made));
        var message = OruWriter.Write(context, result, pdf, OruDestination.Unaddressed);
        objects.Add(new EvidenceObject(EvidenceKind.ObservationResult, "oru.hl7", null, message.ToBytes()));
        return objects;

        void Add(EvidenceKind kind, ObjectSeries series, DicomDataset dataset) =>
            objects.Add(Part10(kind, series, dataset));
    }

    /// <summary>Checks the object, writes it and reads it back: what leaves is what a receiver can read.</summary>
    private static EvidenceObject Part10(EvidenceKind kind, ObjectSeries series, DicomDataset dataset)
    {
        if (ObjectCheck.Faults(dataset) is { Count: > 0 } faults)
        {
            throw new InvalidOperationException($"{series.Name}: {string.Join("; ", faults)}");
        }

        using var stream = new MemoryStream();
        DicomFile.Create(dataset).Save(stream);
        var content = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        var back = DicomFile.Open(content).Dataset;
        if (back.Count != dataset.Count
            || back.GetStringOrEmpty(DicomTag.PatientName) != dataset.GetStringOrEmpty(DicomTag.PatientName))
        {
            throw new InvalidOperationException($"{series.Name}: what was written reads back differently");
        }

        var reference = new ObjectReference(
            dataset.GetString(DicomTag.StudyInstanceUID), dataset.GetString(DicomTag.SeriesInstanceUID),
            series.SopClassUid, dataset.GetString(DicomTag.SOPInstanceUID));
        return new EvidenceObject(kind, series.Name + ".dcm", reference, content);
    }
}
