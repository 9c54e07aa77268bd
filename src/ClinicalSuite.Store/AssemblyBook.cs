using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>Which studies wait for what. All of it stands in the database, so that a restart forgets nothing.</summary>
public sealed class AssemblyBook(ClinicDbFactory databases, ChangeFeed changes)
{
    /// <summary>Studies to look at now, longest due first.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Studies.Where(s => s.AssemblyDue <= now).OrderBy(s => s.AssemblyDue).Select(s => s.Uid)
            .ToListAsync(cancellation);
    }

    /// <summary>When the next study is due, or null.</summary>
    public async Task<DateTime?> NextDueAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Studies.MinAsync(s => s.AssemblyDue, cancellation);
    }

    /// <summary>The study and its senders alone, for as long as there is no reason to read the list of its images.</summary>
    public async Task<AssemblyCase> LookAsync(string studyUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await SendersAsync(db, studyUid, cancellation);
    }

    public async Task<AssemblyCase> OpenAsync(string studyUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        // The study before its images: what arrives in between makes it due again.
        var senders = await SendersAsync(db, studyUid, cancellation);
        var instances = await db.Instances.AsNoTracking().Include(i => i.Series)
            .Where(i => i.Series!.StudyUid == studyUid && !i.IsConflict && !i.IsOwnResult)
            .OrderBy(i => i.Id).ToListAsync(cancellation);
        var runs = await db.Runs.AsNoTracking().Include(r => r.Evidence).Where(r => r.StudyUid == studyUid)
            .OrderBy(r => r.Created).ToListAsync(cancellation);
        return senders with { Instances = instances, Runs = runs };
    }

    private static async Task<AssemblyCase> SendersAsync(ClinicDb db, string studyUid, CancellationToken cancellation)
    {
        var study = await db.Studies.AsNoTracking().SingleAsync(s => s.Uid == studyUid, cancellation);

        // From the study's images to their connections: the other way round would walk through all connections ever made.
        var senders = db.Instances.Where(i => i.Series!.StudyUid == studyUid).Select(i => i.AssociationId).Distinct()
            .Join(db.Associations, id => id, a => a.Id, (_, a) => a);
        var open = await senders.CountAsync(a => a.Closed == null, cancellation);
        var last = await senders.Where(a => a.Closed != null).OrderByDescending(a => a.Closed)
            .Select(a => new { a.Closed, a.Ending }).FirstOrDefaultAsync(cancellation);
        var announcements = await db.Announcements.AsNoTracking().Where(a => a.StudyUid == studyUid).OrderBy(a => a.Id)
            .ToListAsync(cancellation);
        var isBrokenOff = last is not null && last.Ending != Association.Released;
        return new AssemblyCase(study, [], open, last?.Closed, isBrokenOff, [], announcements);
    }

    /// <summary>Writes a decision: runs, waiting, timeline, all or nothing.</summary>
    /// <returns>How many runs are new.</returns>
    public async Task<int> RecordAsync(AssemblyDecision decision, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var study = await db.Studies.SingleAsync(s => s.Uid == decision.StudyUid, cancellation);
        study.WaitingFor = decision.WaitingFor;
        if (decision.IsDecided)
        {
            study.AssembledRevision = decision.Revision;
        }

        // Whoever made it due since (new images, a closed connection) wins.
        if (study.AssemblyDue == decision.SeenDue)
        {
            study.AssemblyDue = decision.Due;
        }

        var ids = decision.Runs.Select(r => r.Id).ToList();
        var known = await db.Runs.Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancellation);
        var fresh = decision.Runs.Where(r => !known.Contains(r.Id)).ToList();
        foreach (var run in fresh)
        {
            run.SupersedesRunId = await OutdateAsync(db, run.Id, decision.Replaces.GetValueOrDefault(run.Id) ?? [], cancellation);
        }

        db.Runs.AddRange(fresh);
        foreach (var line in decision.Events)
        {
            var stands = await db.CustodyEvents.AnyAsync(
                e => e.StudyUid == line.StudyUid && e.Stage == line.Stage && e.Text == line.Text && e.Cause == line.Cause, cancellation);
            if (!stands)
            {
                db.CustodyEvents.Add(line);
            }
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Notify(decision.StudyUid);
        return fresh.Count;
    }

    /// <summary>
    /// Earlier runs that have no results are superseded at once, and asked to end where they have not; results stay in use until
    /// those of the new run take their place. Decided here and not by who planned the run: one may have ended since.
    /// </summary>
    /// <returns>The run whose results the new one is to replace, or null.</returns>
    private static async Task<string?> OutdateAsync(
        ClinicDb db, string newer, IReadOnlyList<string> earlier, CancellationToken cancellation)
    {
        var current = db.Runs.Where(r => earlier.Contains(r.Id) && r.SupersededByRunId == null);
        var withResults = await current
            .Where(r => r.State == RunState.Done || (r.State == RunState.NotAssessable && r.Evidence.Any()))
            .OrderByDescending(r => r.Ended).Select(r => r.Id).ToListAsync(cancellation);
        var without = current.Where(r => !withResults.Contains(r.Id));
        await without.Where(r => r.State == RunState.Queued || r.State == RunState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelRequested, true), cancellation);
        await without.ExecuteUpdateAsync(set => set.SetProperty(r => r.SupersededByRunId, newer), cancellation);
        return withResults.FirstOrDefault();
    }
}
