using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;

namespace ClinicalSuite.Evidence.Sr;

/// <summary>References to other objects by study and series (PS3.3 C.17.2: hierarchical SOP instance reference).</summary>
internal static class ReportEvidence
{
    /// <summary>The images of a series: those of its volume, or all where it forms none.</summary>
    public static IEnumerable<SourceInstance> InstancesOf(SourceSeries series) =>
        series.Slices.Count > 0 ? series.Slices.Select(slice => slice.Instance).Distinct() : series.Instances;

    public static IEnumerable<ObjectReference> References(EvidenceContext context, SourceSeries series) =>
        InstancesOf(series).Select(instance => new ObjectReference(
            context.Study.Facts.StudyUid, series.Manifest.SeriesUid, instance.SopClassUid, instance.SopInstanceUid));

    /// <summary>Items of CurrentRequestedProcedureEvidenceSequence or PredecessorDocumentsSequence, one a study.</summary>
    public static DicomDataset[] ByStudy(IEnumerable<ObjectReference> references) =>
        [.. references
            .Distinct()
            .GroupBy(reference => reference.StudyUid, StringComparer.Ordinal)
            .Select(study => new DicomDataset()
                .AddOrUpdate(DicomTag.StudyInstanceUID, study.Key)
                .AddOrUpdate(DicomTag.ReferencedSeriesSequence, [.. study
                    .GroupBy(reference => reference.SeriesUid, StringComparer.Ordinal)
                    .Select(series => new DicomDataset()
                        .AddOrUpdate(DicomTag.SeriesInstanceUID, series.Key)
                        .AddOrUpdate(DicomTag.ReferencedSOPSequence, [.. series.Select(reference =>
                            DatasetItems.SopReference(reference.SopClassUid, reference.SopInstanceUid))]))]))];
}
