using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.StorageCommitment;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>
/// Storage commitment on the DICOM port (PS3.4 annex J): takes requests of others, and reports on requests of ours.
/// </summary>
public sealed class CommitmentService(
    CommitmentDesk desk, DeliveryProofBook proofs, AuditTrail audit, WorkflowSettings settings, TimeProvider time)
    : IDimseService
{
    public const string SopClass = DicomUID.StorageCommitmentPushModel;

    public void Offer(SupportedServices contexts, ServiceTable handlers)
    {
        contexts.With(SopClass, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian)
            .WithRequestorAsProvider(SopClass);
        handlers.On(CommandField.NActionRequest, SopClass, TakeRequestAsync);
        OfferReports(handlers);
    }

    /// <summary>Reports on requests of ours, also on an association that we opened.</summary>
    public void OfferReports(ServiceTable handlers) =>
        handlers.On(CommandField.EventReportRequest, SopClass, TakeReportAsync);

    private async Task<DimseResponse> TakeRequestAsync(DimseOperation operation)
    {
        if (operation.Request.ActionTypeId != CommitmentRequest.ActionType)
        {
            return new(DimseStatus.NoSuchActionType);
        }
        if (operation.Request.SopInstanceUid != DicomUID.StorageCommitmentPushModelInstance)
        {
            return new(DimseStatus.NoSuchSopInstance("not the well-known instance of storage commitment"));
        }
        if (operation.DataSet is null)
        {
            return new(DimseStatus.InvalidArgumentValue("no action information"));
        }
        try
        {
            if (!CommitmentRequest.TryRead(operation.DataSet, out var request, out var problem))
            {
                return new(problem);
            }
            var peer = operation.Association;
            await desk.TakeAsync(
                request.TransactionUid, peer.CallingAeTitle, peer.Peer.ToString(), peer.Id,
                [.. request.References.Select(r => new InstanceReference(r.SopClassUid, r.SopInstanceUid))],
                CancellationToken.None);
            await audit.WriteAsync(
                peer.CallingAeTitle, peer.Peer.ToString(), "commit", request.TransactionUid, true,
                $"{request.References.Count} objects", CancellationToken.None);
            return DimseResponse.Success;
        }
        catch (DicomFormatException problem)
        {
            return new(DimseStatus.ProcessingFailure($"{problem.TagPath} {problem.Reason}".Trim()));
        }
    }

    private async Task<DimseResponse> TakeReportAsync(DimseOperation operation)
    {
        if (operation.Request.EventTypeId is not (1 or 2))
        {
            return new(DimseStatus.NoSuchEventType);
        }
        if (operation.DataSet is null)
        {
            return new(DimseStatus.InvalidArgumentValue("no event information"));
        }
        try
        {
            if (!CommitmentReport.TryRead(operation.DataSet, out var report, out var problem))
            {
                return new(problem);
            }
            var failed = Reasons(report);
            var isOurs = await proofs.ReportedAsync(
                report.TransactionUid,
                report.Committed.Select(reference => reference.SopInstanceUid).Where(uid => !failed.ContainsKey(uid)).ToHashSet(),
                failed,
                settings.MostResends,
                time.GetUtcNow().UtcDateTime + settings.FirstPause,
                CancellationToken.None);
            return isOurs ? DimseResponse.Success : new(DimseStatus.ProcessingFailure("no such transaction"));
        }
        catch (DicomFormatException problem)
        {
            return new(DimseStatus.ProcessingFailure($"{problem.TagPath} {problem.Reason}".Trim()));
        }
    }

    /// <summary>An object under both headings is one that the peer is not sure of: it is not proved.</summary>
    private static Dictionary<string, string> Reasons(CommitmentReport report) => report.Failed
        .GroupBy(failure => failure.Reference.SopInstanceUid)
        .ToDictionary(same => same.Key, same => same.First().Words);
}
