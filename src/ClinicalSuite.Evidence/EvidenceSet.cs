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
        var pdf = ReportPdf.Write(context, result);
        var datasets = Datasets(context, result, pdf);
        if (context.CharacterSet is null && !datasets.All(made => FitsItsCharacterSet(made.Dataset)))
        {
            // The source's character set cannot hold our text: then all objects of the run are in Unicode.
            context = context with { CharacterSet = SpecificCharacterSet.Unicode };
            datasets = Datasets(context, result, pdf);
        }

        var objects = datasets.Select(made => Part10(made.Kind, made.Series, made.Dataset)).ToList();
        objects.Insert(objects.Count - 1, new EvidenceObject(EvidenceKind.Pdf, "report.pdf", null, pdf));
        var message = OruWriter.Write(context, result, pdf, OruDestination.Unaddressed);
        objects.Add(new EvidenceObject(EvidenceKind.ObservationResult, "oru.hl7", null, message.ToBytes()));
        return objects;
    }

    private static bool FitsItsCharacterSet(DicomDataset dataset) =>
        dataset.TextFitsIn([.. dataset.GetStrings(DicomTag.SpecificCharacterSet)]);

    /// <summary>The DICOM objects, the encapsulated PDF last.</summary>
    private static List<(EvidenceKind Kind, ObjectSeries Series, DicomDataset Dataset)> Datasets(
        EvidenceContext context, AnalysisResult result, byte[] pdf)
    {
        var made = new List<(EvidenceKind, ObjectSeries Series, DicomDataset)>();
        var completed = result as AnalysisResult.Completed;
        SegmentationObjects? segmentations = null;
        if (completed?.Segments is { Segments.Count: > 0 } map && context.Series[map.SeriesRole].Slices.Count > 0)
        {
            segmentations = SegmentationWriter.Write(context, completed);
            made.Add((EvidenceKind.SegmentationParts, ObjectSeries.SegmentationParts, segmentations.Parts));
            if (segmentations.Whole is { } whole)
            {
                made.Add((EvidenceKind.SegmentationWhole, ObjectSeries.SegmentationWhole, whole));
            }
        }

        made.Add((EvidenceKind.StructuredReport, ObjectSeries.StructuredReport,
            StructuredReportWriter.Write(context, result, segmentations)));
        if (completed?.Figures is [var key, ..])
        {
            var picture = FigureDrawing.Render(key, PictureColumns, ReportTexts.ResearchUse(context.Language));
            made.Add((EvidenceKind.SecondaryCapture, ObjectSeries.SecondaryCapture,
                SecondaryCaptureWriter.Write(context, picture, key.Title)));
        }

        var references = made.Select(entry => entry.Series.Reference(context)).ToList();
        made.Add((EvidenceKind.EncapsulatedPdf, ObjectSeries.EncapsulatedPdf,
            EncapsulatedPdfWriter.Write(context, pdf, references)));
        return made;
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
