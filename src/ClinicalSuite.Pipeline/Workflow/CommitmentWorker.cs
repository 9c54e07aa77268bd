using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network.StorageCommitment;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>
/// Looks after storage commitments that others ask of us. Success is said only of an object whose file is here and has the
/// hash that was written down when it was flushed to the device.
/// </summary>
public sealed class CommitmentWorker(
    CommitmentDesk desk, IngestJournal journal, StoreFolder folder, WorkflowSettings settings, ChangeFeed changes,
    WorkerHealth health, TimeProvider time, ILogger<CommitmentWorker> log) : BackgroundService
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly WorkLoop loop = new("commitment", changes, health, time, log);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(LookAsync, stoppingToken);

    private async Task<TimeSpan?> LookAsync(CancellationToken stopping)
    {
        var open = await desk.OpenAsync(MostAtOnce, stopping);
        foreach (var (order, isDuplicate) in open)
        {
            await ReportAsync(order, isDuplicate, stopping);
        }
        return open.Count > 0 ? TimeSpan.Zero : LongestSleep;
    }

    private async Task ReportAsync(CommitmentOrder order, bool isDuplicate, CancellationToken stopping)
    {
        var committed = new List<SopReference>();
        var failed = new List<CommitmentFailure>();
        foreach (var (sopClass, instance) in order.References)
        {
            stopping.ThrowIfCancellationRequested();
            var reference = new SopReference(sopClass, instance);
            if ((isDuplicate ? CommitmentFailure.DuplicateTransaction : Problem(reference)) is { } reason)
            {
                failed.Add(new(reference, reason));
            }
            else
            {
                committed.Add(reference);
            }
        }
        var report = new CommitmentReport(order.TransactionUid, committed, failed);
        Log.CommitmentEvaluated(log, order.TransactionUid, order.AeTitle, committed.Count, failed.Count);
        await desk.ReportAsync(
            order,
            new Notification
            {
                Kind = NotificationKind.CommitmentReport,
                Subject = $"commitment {order.Id}",
                Destination = settings.PeerOf(order.AeTitle)?.Name ?? order.AeTitle,
                SopInstanceUid = DicomUID.StorageCommitmentPushModelInstance,
                EventType = report.EventType,
                DataSet = DatasetBytes.Of(report.ToDataset()),
            },
            CancellationToken.None);
    }

    private ushort? Problem(SopReference reference)
    {
        var entries = journal.OfInstance(reference.SopInstanceUid);
        if (entries.Count == 0)
        {
            return CommitmentFailure.NoSuchObject;
        }
        if (entries.All(entry => entry.SopClassUid != reference.SopClassUid))
        {
            return CommitmentFailure.ClassInstanceConflict;
        }
        try
        {
            // Of several data sets under one UID the first is the one in use.
            return StoreVerification.Problem(folder.Absolute(entries[0].Path), entries[0]) is null
                ? null : CommitmentFailure.ProcessingFailure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CommitmentFailure.ProcessingFailure;
        }
    }
}
