using ClinicalSuite.Pipeline.Delivery;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>What an outcome means for the database: state, evidence, deliveries and lines of the timeline.</summary>
internal sealed class ResultRecord(StoreFolder folder, PipelineSettings settings, TimeProvider time)
{
    public RunEnding Of(AnalysisRun run, AnalysisOutcome outcome) => outcome switch
    {
        AnalysisOutcome.Completed done => Ending(run, RunState.Done, "", "", done.Objects,
            Line(run, CustodyStage.Execution, CustodySeverity.Information, $"{run.AnalysisId} done.")),
        AnalysisOutcome.NotAssessable no => Ending(run, RunState.NotAssessable, no.Reason.Value, no.Cause, no.Objects,
            Line(run, CustodyStage.Execution, CustodySeverity.Warning,
                $"{run.AnalysisId} cannot say anything: {no.Reason.Meaning} ({no.Reason.Value}).", no.Cause)),
        AnalysisOutcome.Refused no => Ending(run, RunState.Refused, no.Reason.Value, no.Message, [],
            Line(run, CustodyStage.Execution, CustodySeverity.Error,
                $"{run.AnalysisId} refused its input: {no.Reason.Meaning} ({no.Reason.Value}).", no.Message,
                "Send the study again from its source; a complete one is analysed by itself.")),
        _ => throw new ArgumentException("an outcome that is not known", nameof(outcome)),
    };

    private RunEnding Ending(
        AnalysisRun run, RunState state, string reason, string cause, IReadOnlyList<WrittenObject> objects, CustodyEvent line)
    {
        var events = new List<CustodyEvent> { line };
        var evidence = objects.Select((written, ordinal) => Evidence(run, written, ordinal)).ToList();
        if (evidence.Count > 0)
        {
            events.Add(Line(run, CustodyStage.Evidence, CustodySeverity.Information,
                $"{evidence.Count} results made: {string.Join(", ", evidence.Select(e => e.FileName))}."));
        }

        if (evidence.SelectMany(e => e.Deliveries).Any(d => d.State == DeliveryState.Held))
        {
            events.Add(Line(run, CustodyStage.Delivery, CustodySeverity.Warning,
                "The report for the RIS waits: the study has no trustworthy patient.", run.Study!.IdentityProblem,
                "Confirm the patient on the reconciliation list."));
        }

        return new RunEnding { State = state, Reason = reason, Cause = cause, Evidence = evidence, Events = events };
    }

    private EvidenceObject Evidence(AnalysisRun run, WrittenObject written, int ordinal)
    {
        var evidence = new EvidenceObject
        {
            RunId = run.Id,
            StudyUid = run.StudyUid,
            Ordinal = ordinal,
            Kind = Kind(written.Kind),
            FileName = written.FileName,
            Path = Path.GetRelativePath(folder.Path, Path.Combine(folder.AttemptFolder(run.Id, run.Fence), written.FileName)),
            Length = written.Length,
            Sha256 = written.Sha256,
            SopClassUid = written.Reference?.SopClassUid ?? "",
            SopInstanceUid = written.Reference?.SopInstanceUid ?? "",
            SeriesUid = written.Reference?.SeriesUid ?? "",
            Created = Now(),
        };
        if (written.Reference is not null)
        {
            evidence.Deliveries.AddRange(settings.Pacs.Select(
                to => Delivery(run, to.Name, DeliveryKind.Dicom, DeliveryState.Queued)));
            evidence.Deliveries.AddRange(settings.Web.Select(
                to => Delivery(run, to.Name, DeliveryKind.DicomWeb, DeliveryState.Queued)));
        }
        else if (written.Kind == ClinicalSuite.Evidence.EvidenceKind.ObservationResult)
        {
            var state = LeavingRule.MayLeave(run.Study!.IdentityTrust, settings.Unidentified) ? DeliveryState.Queued : DeliveryState.Held;
            evidence.Deliveries.AddRange(settings.Ris.Select(to => Delivery(run, to.Name, DeliveryKind.Oru, state)));
        }

        return evidence;
    }

    private Store.Delivery Delivery(AnalysisRun run, string destination, DeliveryKind kind, DeliveryState state) => new()
    {
        RunId = run.Id,
        StudyUid = run.StudyUid,
        Destination = destination,
        Kind = kind,
        State = state,
        NextAttempt = Now(),
        Created = Now(),
    };

    private static EvidenceKind Kind(ClinicalSuite.Evidence.EvidenceKind kind) => kind switch
    {
        ClinicalSuite.Evidence.EvidenceKind.SegmentationParts => EvidenceKind.SegmentationParts,
        ClinicalSuite.Evidence.EvidenceKind.SegmentationWhole => EvidenceKind.SegmentationWhole,
        ClinicalSuite.Evidence.EvidenceKind.StructuredReport => EvidenceKind.StructuredReport,
        ClinicalSuite.Evidence.EvidenceKind.SecondaryCapture => EvidenceKind.SecondaryCapture,
        ClinicalSuite.Evidence.EvidenceKind.EncapsulatedPdf => EvidenceKind.EncapsulatedPdf,
        ClinicalSuite.Evidence.EvidenceKind.Pdf => EvidenceKind.Pdf,
        ClinicalSuite.Evidence.EvidenceKind.ObservationResult => EvidenceKind.Oru,
        ClinicalSuite.Evidence.EvidenceKind.FindingsJson => EvidenceKind.Findings,
        _ => EvidenceKind.Other,
    };

    private CustodyEvent Line(
        AnalysisRun run, CustodyStage stage, CustodySeverity severity, string text, string cause = "", string remedy = "") =>
        CustodyEvent.At(Now(), run.StudyUid, stage, severity, text, cause, remedy, run.Id);

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
