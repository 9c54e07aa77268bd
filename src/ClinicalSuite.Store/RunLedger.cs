using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>
/// Who executes which run. One statement takes, counts and fences; everything later is written only under that fence, so that of
/// two workers that believe to have a run only the newer can have an effect.
/// </summary>
public sealed class RunLedger(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Heartbeats come every second or two; a worker without one for so long is taken for dead.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(1);

    /// <summary>At start-up: no run is being executed by a process that is gone. The begun attempt counts.</summary>
    public async Task<int> ReleaseRunningAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Runs.Where(r => r.State == RunState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Queued).SetProperty(r => r.Fence, r => r.Fence + 1), cancellation);
    }

    /// <summary>Begins an attempt.</summary>
    /// <param name="mostAttempts">When that many were begun and none ended, the run is poisoned instead.</param>
    public async Task<RunTake> TakeAsync(string runId, int mostAttempts, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Now();
        var taken = await Takeable(db, runId).Where(r => r.Attempts < mostAttempts && !r.CancelRequested).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Attempts, r => r.Attempts + 1)
                .SetProperty(r => r.Fence, r => r.Fence + 1)
                .SetProperty(r => r.State, RunState.Running)
                .SetProperty(r => r.Started, now)
                .SetProperty(r => r.Heartbeat, now)
                .SetProperty(r => r.Progress, 0)
                .SetProperty(r => r.Step, ""),
            cancellation);
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == runId, cancellation);
        if (run is null)
        {
            return new RunTake.NotTaken("there is no such run");
        }

        if (taken == 0)
        {
            var why = await EndInsteadAsync(db, run, mostAttempts, cancellation);
            await transaction.CommitAsync(cancellation);
            changes.Notify(run.StudyUid);
            return new RunTake.NotTaken(why);
        }

        db.CustodyEvents.Add(Line(
            run, CustodySeverity.Information,
            run.Attempts == 1 ? $"{run.AnalysisId} started." : $"{run.AnalysisId} started again, attempt {run.Attempts}."));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(run.StudyUid);
        return new RunTake.Taken(run);
    }

    /// <summary>Says that the worker is alive and how far it is.</summary>
    public async Task<RunBeat> BeatAsync(AnalysisRun run, double progress, string step, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var now = Now();
        var mine = await Mine(db, run).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Heartbeat, now).SetProperty(r => r.Progress, progress).SetProperty(r => r.Step, step),
            cancellation);
        if (mine == 0)
        {
            return RunBeat.Lost;
        }

        changes.Notify(run.StudyUid);
        var cancel = await db.Runs.AnyAsync(r => r.Id == run.Id && r.CancelRequested, cancellation);
        return cancel ? RunBeat.Cancel : RunBeat.GoOn;
    }

    /// <summary>Records the end and all results in one transaction, if the fence still holds.</summary>
    /// <returns>False: a newer attempt has the run, or its end was asked for; nothing was written.</returns>
    public async Task<bool> FinishAsync(AnalysisRun run, RunEnding ending, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var cancel = await db.Runs.AnyAsync(r => r.Id == run.Id && r.CancelRequested, cancellation);
        if (cancel || !await EndAsync(db, run, ending.State, ending.Reason, ending.Cause, cancellation))
        {
            return false;
        }

        db.Evidence.AddRange(ending.Evidence);
        db.CustodyEvents.AddRange(ending.Events);
        // A new version that was refused has nothing to put in their place: the earlier results stay.
        var hasResults = ending.State == RunState.Done || (ending.State == RunState.NotAssessable && ending.Evidence.Count > 0);
        if (hasResults && run.SupersedesRunId is { } old)
        {
            await SupersedeAsync(db, old, run.Id, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(run.StudyUid);
        return true;
    }

    /// <summary>What is being sent just now is settled by <see cref="DeliveryOutbox"/>, which sends it no second time.</summary>
    private static async Task SupersedeAsync(ClinicDb db, string old, string newer, CancellationToken cancellation)
    {
        await db.Runs.Where(r => r.Id == old).ExecuteUpdateAsync(set => set.SetProperty(r => r.SupersededByRunId, newer), cancellation);
        await db.Deliveries
            .Where(d => d.RunId == old
                && (d.State == DeliveryState.Queued || d.State == DeliveryState.Held || d.State == DeliveryState.Failed))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Superseded), cancellation);
    }

    /// <summary>An attempt failed; after the last one allowed the run is poisoned and kept.</summary>
    /// <returns>True when it may be tried again.</returns>
    public async Task<bool> FailAttemptAsync(AnalysisRun run, string cause, int mostAttempts, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var again = run.Attempts < mostAttempts;
        var written = again
            ? await Mine(db, run).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, RunState.Queued).SetProperty(r => r.Cause, cause), cancellation) == 1
            : await EndAsync(db, run, RunState.Poisoned, "ATTEMPTS-USED-UP", cause, cancellation);
        if (!written)
        {
            return false;
        }

        db.CustodyEvents.Add(again
            ? Line(run, CustodySeverity.Warning, $"{run.AnalysisId} failed in attempt {run.Attempts}; it is tried again.", cause)
            : Line(run, CustodySeverity.Error, $"{run.AnalysisId} failed {run.Attempts} times and is not tried again.", cause,
                "Look at the cause; the input is kept and the run can be started again by hand."));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(run.StudyUid);
        return again;
    }

    /// <summary>A clean stop: the attempt does not count, else three restarts would poison a good study.</summary>
    public async Task GiveBackAsync(AnalysisRun run, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await Mine(db, run).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Queued).SetProperty(r => r.Attempts, r => r.Attempts - 1), cancellation);
        changes.Notify(run.StudyUid);
    }

    /// <summary>The worker ended the run because it was asked to.</summary>
    public async Task CancelledAsync(AnalysisRun run, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var row = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == run.Id, cancellation);
        if (await EndAsync(db, run, RunState.Cancelled, "CANCELLED", CancelCause(row), cancellation))
        {
            db.CustodyEvents.Add(Line(run, CustodySeverity.Warning, $"{run.AnalysisId} was cancelled.", CancelCause(row)));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            changes.Notify(run.StudyUid);
        }
    }

    /// <summary>Asks for the end of a run that has not ended; its worker sees it at the next heartbeat.</summary>
    public async Task<bool> RequestCancelAsync(string studyUid, string runId, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var asked = await Open(db, runId).Where(r => r.StudyUid == studyUid).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.CancelRequested, true), cancellation);
        changes.Notify(studyUid);
        return asked == 1;
    }

    /// <summary>Starts again, by hand, what was poisoned or cancelled, unless a newer run has taken its place.</summary>
    public async Task<bool> RestartAsync(string studyUid, string runId, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var restarted = await db.Runs
            .Where(r => r.Id == runId && r.StudyUid == studyUid && r.SupersededByRunId == null
                && (r.State == RunState.Poisoned || r.State == RunState.Cancelled))
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, RunState.Queued).SetProperty(r => r.Attempts, 0)
                    .SetProperty(r => r.CancelRequested, false).SetProperty(r => r.Ended, (DateTime?)null)
                    .SetProperty(r => r.Reason, "").SetProperty(r => r.Cause, ""),
                cancellation);
        changes.Notify(studyUid);
        return restarted == 1;
    }

    /// <summary>Ids of all runs that have not ended, oldest first: the truth from which jobs are scheduled.</summary>
    public async Task<IReadOnlyList<string>> UnfinishedAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Runs.Where(r => r.State == RunState.Queued || r.State == RunState.Running)
            .OrderBy(r => r.Created).Select(r => r.Id).ToListAsync(cancellation);
    }

    /// <summary>The run with its study, or null.</summary>
    public async Task<AnalysisRun?> FindAsync(string runId, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Runs.AsNoTracking().Include(r => r.Study).FirstOrDefaultAsync(r => r.Id == runId, cancellation);
    }

    /// <summary>The instances that a run was decided on, by id.</summary>
    public async Task<IReadOnlyDictionary<long, Instance>> InstancesAsync(AnalysisRun run, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var ids = run.Inputs.SelectMany(i => i.InstanceIds).Distinct().ToList();
        return await db.Instances.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
    }

    private static string CancelCause(AnalysisRun run) =>
        run.SupersededByRunId is null ? "cancelled on request" : "late images made a new version";

    private static IQueryable<AnalysisRun> Open(ClinicDb db, string runId) =>
        db.Runs.Where(r => r.Id == runId && (r.State == RunState.Queued || r.State == RunState.Running));

    /// <summary>A worker that has been silent for so long has lost its run.</summary>
    private IQueryable<AnalysisRun> Takeable(ClinicDb db, string runId)
    {
        var silentSince = Now() - SilenceLimit;
        return db.Runs.Where(r => r.Id == runId
            && (r.State == RunState.Queued || (r.State == RunState.Running && r.Heartbeat < silentSince)));
    }

    private static IQueryable<AnalysisRun> Mine(ClinicDb db, AnalysisRun run) =>
        db.Runs.Where(r => r.Id == run.Id && r.Fence == run.Fence && r.State == RunState.Running);

    private async Task<bool> EndAsync(
        ClinicDb db, AnalysisRun run, RunState state, string reason, string cause, CancellationToken cancellation)
    {
        var now = Now();
        var progress = state == RunState.Done ? 1 : run.Progress;
        return await Mine(db, run).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, state).SetProperty(r => r.Ended, now).SetProperty(r => r.Reason, reason)
                .SetProperty(r => r.Cause, cause).SetProperty(r => r.Progress, progress).SetProperty(r => r.Step, ""),
            cancellation) == 1;
    }

    /// <summary>Why a run was not taken; one that nobody may take any more is ended here.</summary>
    private async Task<string> EndInsteadAsync(ClinicDb db, AnalysisRun run, int mostAttempts, CancellationToken cancellation)
    {
        if (!await Takeable(db, run.Id).AnyAsync(cancellation))
        {
            return run.State == RunState.Running ? "another worker has it" : $"it has ended: {run.State}";
        }

        var cause = $"the program ended {run.Attempts} times during this run, the latest time in step '{run.Step}'";
        var (state, reason, text) = run.CancelRequested
            ? (RunState.Cancelled, "CANCELLED", $"{run.AnalysisId} was cancelled before it started.")
            : (RunState.Poisoned, "ATTEMPTS-USED-UP", $"{run.AnalysisId} failed {run.Attempts} times and is not tried again.");
        cause = run.CancelRequested ? CancelCause(run) : run.Cause.Length > 0 ? run.Cause : cause;
        var now = Now();
        await Open(db, run.Id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, state).SetProperty(r => r.Ended, now)
                .SetProperty(r => r.Fence, r => r.Fence + 1)
                .SetProperty(r => r.Reason, reason).SetProperty(r => r.Cause, cause), cancellation);
        db.CustodyEvents.Add(run.CancelRequested
            ? Line(run, CustodySeverity.Warning, text, cause)
            : Line(run, CustodySeverity.Error, text, cause, $"At most {mostAttempts} attempts are made; the input is kept."));
        await db.SaveChangesAsync(cancellation);
        return text;
    }

    private CustodyEvent Line(AnalysisRun run, CustodySeverity severity, string text, string cause = "", string remedy = "") =>
        CustodyTimeline.Line(time, run.StudyUid, CustodyStage.Execution, severity, text, cause, remedy, run.Id);

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
