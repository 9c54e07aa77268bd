using System.Runtime.ExceptionServices;
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
    PipelineSettings settings, WorkerHealth health, TimeProvider time, ILogger<AssemblyWorker> log) : BackgroundService
{
    // Images come in hundreds a second: looking at each one's arrival would take from the senders what the machine has.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly WorkLoop loop = new("assembly", changes, health, time, log) { Rest = BetweenLooks };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        journal.Appended += loop.Wake.Call;
        try
        {
            await loop.RunAsync(LookAsync, stoppingToken);
        }
        finally
        {
            journal.Appended -= loop.Wake.Call;
        }
    }

    private async Task<TimeSpan?> LookAsync(CancellationToken cancellation)
    {
        await registrar.CatchUpAsync(cancellation);
        Exception? fault = null;
        foreach (var study in await book.DueAsync(Now(), cancellation))
        {
            try
            {
                await DecideAsync(study, cancellation);
            }
#pragma warning disable CA1031 // a job boundary: one study that cannot be written down must not stop the others
            catch (Exception problem) when (problem is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Log.StudyFailed(log, study, problem);
                fault = problem;
            }
        }

        if (fault is not null)
        {
            // Still due: after the loop's pause, not at once.
            ExceptionDispatchInfo.Throw(fault);
        }

        return await book.NextDueAsync(cancellation) - Now();
    }

    private async Task DecideAsync(string studyUid, CancellationToken cancellation)
    {
        // One moment for all: between two a wait may end, and the first look has no images to ask about.
        var now = Now();
        var open = await book.LookAsync(studyUid, cancellation);
        if (open.Announcements.Count > 0 || CompletenessRule.Wait(open, settings, now) is null)
        {
            open = await book.OpenAsync(studyUid, cancellation);
        }

        AssemblyDecision decision;
        try
        {
            decision = CompletenessRule.Wait(open, settings, now) is { } wait
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
