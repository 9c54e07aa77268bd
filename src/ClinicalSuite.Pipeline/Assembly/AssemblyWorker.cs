using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Pipeline.Routing;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Assembly;

/// <summary>
/// Registers what arrives and decides when a study is complete. Keeps nothing in memory: what waits, and until when, stands in
/// the database.
/// </summary>
internal sealed class AssemblyWorker(
    Registrar registrar, AssemblyBook book, RoutePlan routes, IngestJournal journal, ChangeFeed changes, StoreFolder folder,
    PipelineSettings settings, TimeProvider time, ILogger<AssemblyWorker> log) : BackgroundService
{
    // Images come in hundreds a second: looking at each one's arrival would take from the senders what the machine has.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly WakeUp wake = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        journal.Appended += wake.Call;
        try
        {
            var listening = ListenAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                var next = await WorkAsync(stoppingToken);
                var pause = next - Now();
                await wake.WaitAsync(pause < TimeSpan.Zero ? TimeSpan.Zero : pause, stoppingToken);
                await Task.Delay(BetweenLooks, time, stoppingToken);
            }

            await listening;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what waits is in the database.
        }
        finally
        {
            journal.Appended -= wake.Call;
        }
    }

    /// <returns>When to look again.</returns>
    private async Task<DateTime?> WorkAsync(CancellationToken cancellation)
    {
        try
        {
            await registrar.CatchUpAsync(cancellation);
            foreach (var study in await book.DueAsync(Now(), cancellation))
            {
                await DecideAsync(study, cancellation);
            }

            return await book.NextDueAsync(cancellation);
        }
        catch (Exception trouble) when (DeviceTrouble.Is(trouble))
        {
            // What was acknowledged stands in the journal: it is registered when there is space again.
            Log.AssemblyHalted(log, trouble.GetBaseException().Message);
            return Now() + AfterTrouble;
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await foreach (var _ in changes.ListenAsync(cancellation))
        {
            wake.Call();
        }
    }

    private async Task DecideAsync(string studyUid, CancellationToken cancellation)
    {
        var open = await book.LookAsync(studyUid, cancellation);
        if (open.Announcements.Count > 0 || CompletenessRule.Wait(open, settings, Now()) is null)
        {
            open = await book.OpenAsync(studyUid, cancellation);
        }

        AssemblyDecision decision;
        try
        {
            decision = CompletenessRule.Wait(open, settings, Now()) is { } wait
                ? Waiting(open, wait.Until, wait.For)
                : Ask(open, cancellation);
        }
#pragma warning disable CA1031 // a job boundary: one study that trips a defect must not stop the others
        catch (Exception defect) when (defect is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.StudyFailed(log, studyUid, defect);
            decision = RoutePlan.Unreadable(open, $"internal error: {defect.GetType().Name}", Now());
        }

        var queued = await book.RecordAsync(decision, cancellation);
        if (decision.IsDecided)
        {
            Log.StudyDecided(log, studyUid, decision.Revision, queued);
        }
        else
        {
            Log.StudyWaits(log, studyUid, decision.Revision, decision.WaitingFor);
        }
    }

    private static AssemblyDecision Waiting(AssemblyCase open, DateTime until, string what) => new()
    {
        StudyUid = open.Study.Uid,
        Revision = open.Study.Revision,
        SeenDue = open.Study.AssemblyDue,
        IsDecided = false,
        Due = until,
        WaitingFor = what,
    };

    private AssemblyDecision Ask(AssemblyCase open, CancellationToken cancellation)
    {
        StudyManifest manifest;
        try
        {
            var paths = open.Instances.Select(i => folder.Absolute(i.Path)).ToList();
            var reading = StudyReader.Read(paths, cancellation: cancellation);
            manifest = reading.Studies.Single(s => s.Facts.StudyUid == open.Study.Uid).Manifest;
        }
        catch (InputRefusedException refused)
        {
            return RoutePlan.Unreadable(open, refused.Message, Now());
        }

        return routes.Decide(open, manifest, Now());
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
