using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network.Workflow;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>A finished analysis as others are told of it: as a performed procedure step, and as available objects.</summary>
internal static class AnalysisStep
{
    private static readonly string[] NonImages =
    [
        DicomUID.Comprehensive3DSRStorage, DicomUID.ComprehensiveSRStorage, DicomUID.EnhancedSRStorage, DicomUID.EncapsulatedPDFStorage,
    ];

    /// <summary>The attributes of N-CREATE (PS3.4 table F.7.2-1), those of type 2 empty where nothing is known.</summary>
    public static DicomDataset Created(AnalysisRun run, string aeTitle)
    {
        var study = run.Study!;
        var scheduled = Empty(
            new DicomDataset()
                .AddOrUpdate(DicomTag.StudyInstanceUID, study.Uid)
                .AddOrUpdate(DicomTag.AccessionNumber, study.AccessionNumber)
                .AddOrUpdate(DicomTag.ReferencedStudySequence, Array.Empty<DicomDataset>())
                .AddOrUpdate(DicomTag.ScheduledProtocolCodeSequence, Array.Empty<DicomDataset>()),
            DicomTag.RequestedProcedureID, DicomTag.RequestedProcedureDescription, DicomTag.ScheduledProcedureStepID,
            DicomTag.ScheduledProcedureStepDescription);
        var (date, clock) = Moment(run.Started ?? run.Created);
        var step = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .AddOrUpdate(DicomTag.ScheduledStepAttributesSequence, scheduled)
            .AddOrUpdate(DicomTag.PatientName, study.PatientName)
            .AddOrUpdate(DicomTag.PatientID, study.PatientId)
            .AddOrUpdate(DicomTag.PatientBirthDate, study.PatientBirthDate)
            .AddOrUpdate(DicomTag.PatientSex, study.PatientSex)
            .AddOrUpdate(DicomTag.ReferencedPatientSequence, Array.Empty<DicomDataset>())
            .AddOrUpdate(DicomTag.PerformedProcedureStepID, run.Id[..16])
            .AddOrUpdate(DicomTag.PerformedStationAETitle, aeTitle)
            .AddOrUpdate(DicomTag.PerformedProcedureStepStartDate, date)
            .AddOrUpdate(DicomTag.PerformedProcedureStepStartTime, clock)
            .AddOrUpdate(DicomTag.PerformedProcedureStepStatus, "IN PROGRESS")
            .AddOrUpdate(DicomTag.PerformedProcedureStepDescription, run.AnalysisId)
            .AddOrUpdate(DicomTag.ProcedureCodeSequence, Array.Empty<DicomDataset>())
            .AddOrUpdate(DicomTag.Modality, "OT")
            .AddOrUpdate(DicomTag.PerformedProtocolCodeSequence, Array.Empty<DicomDataset>())
            .AddOrUpdate(DicomTag.PerformedSeriesSequence, Array.Empty<DicomDataset>());
        return Empty(step, DicomTag.PerformedStationName, DicomTag.PerformedLocation,
            DicomTag.PerformedProcedureTypeDescription, DicomTag.PerformedProcedureStepEndDate,
            DicomTag.PerformedProcedureStepEndTime, DicomTag.StudyID);
    }

    /// <summary>The attributes of N-SET that end it.</summary>
    public static DicomDataset Ended(AnalysisRun run, IReadOnlyList<EvidenceObject> evidence, IReadOnlyList<string> archives)
    {
        var (date, clock) = Moment(run.Ended ?? run.Created);
        return new DicomDataset()
            .AddOrUpdate(DicomTag.PerformedProcedureStepStatus, "COMPLETED")
            .AddOrUpdate(DicomTag.PerformedProcedureStepEndDate, date)
            .AddOrUpdate(DicomTag.PerformedProcedureStepEndTime, clock)
            .AddOrUpdate(DicomTag.PerformedSeriesSequence, [.. evidence.GroupBy(e => e.SeriesUid).Select(series => Empty(
                new DicomDataset()
                    .AddOrUpdate(DicomTag.SeriesInstanceUID, series.Key)
                    .AddOrUpdate(DicomTag.ProtocolName, run.AnalysisId)
                    .AddOrUpdate(DicomTag.RetrieveAETitle, [.. archives])
                    .AddOrUpdate(DicomTag.ReferencedImageSequence, Items(series.Where(e => !NonImages.Contains(e.SopClassUid))))
                    .AddOrUpdate(DicomTag.ReferencedNonImageCompositeSOPInstanceSequence,
                        Items(series.Where(e => NonImages.Contains(e.SopClassUid)))),
                DicomTag.PerformingPhysicianName, DicomTag.OperatorsName, DicomTag.SeriesDescription))]);
    }

    /// <summary>What can be had of the results, and where.</summary>
    public static DicomDataset Available(AnalysisRun run, IReadOnlyList<EvidenceObject> evidence, IReadOnlyList<string> archives) =>
        new AvailabilityNotice(
            run.StudyUid,
            [.. evidence.GroupBy(e => e.SeriesUid).Select(series => new ReferencedSeries(
                series.Key, [.. series.Select(e => new SopReference(e.SopClassUid, e.SopInstanceUid))]))],
            string.Join('\\', archives)).ToDataset();

    private static DicomDataset[] Items(IEnumerable<EvidenceObject> evidence) =>
        [.. evidence.Select(e => new SopReference(e.SopClassUid, e.SopInstanceUid).ToItem())];

    private static DicomDataset Empty(DicomDataset dataset, params DicomTag[] tags)
    {
        foreach (var tag in tags)
        {
            dataset.AddOrUpdate(tag);
        }
        return dataset;
    }

    private static (string Date, string Time) Moment(DateTime utc)
    {
        var local = utc.ToLocalTime();
        return (local.ToString("yyyyMMdd", CultureInfo.InvariantCulture), local.ToString("HHmmss", CultureInfo.InvariantCulture));
    }
}
