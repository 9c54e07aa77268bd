using ClinicalSuite.Dicom;
using ClinicalSuite.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>Queues what others are to be told of an analysis once all its objects have been delivered.</summary>
internal sealed class AnnouncingWorker(
    NotificationOutbox outbox, WorkflowSettings settings, ChangeFeed changes, WorkerHealth health, TimeProvider time,
    ILogger<AnnouncingWorker> log) : BackgroundService
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    // Whoever is added to the settings is not told of all that ever was.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(2);

    // A run has some ten objects, and every one of them wakes this.
    private readonly WorkLoop loop = new("announcing", changes, health, time, log) { Rest = TimeSpan.FromMilliseconds(500) };

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        settings.Announce.Count + settings.PerformedSteps.Count == 0
            ? Task.CompletedTask
            : loop.RunAsync(LookAsync, stoppingToken);

    private async Task<TimeSpan?> LookAsync(CancellationToken stopping)
    {
        await AnnounceAsync(settings.Announce, "available", Availability, stopping);
        await AnnounceAsync(settings.PerformedSteps, "step", Step, stopping);
        return LongestSleep;
    }

    private async Task AnnounceAsync(
        IReadOnlyList<DicomDestination> peers, string subject, Func<Told, IEnumerable<Notification>> make, CancellationToken stopping)
    {
        foreach (var peer in peers)
        {
            var since = time.GetUtcNow().UtcDateTime - Memory;
            var runs = await outbox.UntoldRunsAsync(peer.Name, subject, since, MostAtOnce, stopping);
            foreach (var run in runs)
            {
                await outbox.QueueAsync([.. make(new Told(run, peer, $"{subject} {run.Id}"))], stopping);
            }
        }
    }

    private static IEnumerable<Notification> Availability(Told told)
    {
        yield return told.As(
            NotificationKind.Availability, told.Subject, AnalysisStep.Available(told.Run, told.Evidence, told.Archives));
    }

    private IEnumerable<Notification> Step(Told told)
    {
        yield return told.As(
            NotificationKind.StepCreated, told.Subject, AnalysisStep.Created(told.Run, settings.Client.CallingAeTitle));
        yield return told.As(
            NotificationKind.StepEnded, told.Subject + " ended", AnalysisStep.Ended(told.Run, told.Evidence, told.Archives));
    }

    private sealed record Told(AnalysisRun Run, DicomDestination Peer, string Subject)
    {
        public IReadOnlyList<EvidenceObject> Evidence =>
            [.. Run.Evidence.Where(e => e.Deliveries.Any(d => d.Kind == DeliveryKind.Dicom)).OrderBy(e => e.Ordinal)];

        /// <summary>AE titles of the archives that have the objects.</summary>
        public IReadOnlyList<string> Archives => [.. Run.Evidence.SelectMany(e => e.Deliveries)
            .Where(d => d.Kind == DeliveryKind.Dicom && d.State == DeliveryState.Delivered)
            .Select(d => d.Destination.Split('@')[0]).Distinct()];

        public Notification As(NotificationKind kind, string subject, DicomDataset dataset) => new()
        {
            Kind = kind,
            Subject = subject,
            Destination = Peer.Name,
            SopInstanceUid = DicomUID.FromSeed($"{Subject} {Peer.Name}"),
            DataSet = DatasetBytes.Of(dataset),
            StudyUid = Run.StudyUid,
        };
    }
}
