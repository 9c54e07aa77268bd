using System.Globalization;
using ClinicalSuite.Store.Instances;
using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store.Retention;

/// <summary>
/// Finds studies that rules let go, and takes them out. Order: the rows of the clinic's database in a transaction that is still
/// open, the marks in the journal (durable), the commit, the files, the closing of the marks. Wherever it is cut off, the next start
/// finds the marks and goes on; a row whose file is gone is never seen.
/// </summary>
public sealed class RetentionBook(
    StoreFolder folder, IngestJournal journal, ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    private const int Together = 500;

    /// <summary>What would go now, oldest first; each study under the first rule that fits.</summary>
    public async Task<IReadOnlyList<RetentionCandidate>> PlanAsync(IReadOnlyList<RetentionRule> rules, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var found = new Dictionary<string, RetentionCandidate>();
        foreach (var rule in rules)
        {
            var rows = await Finished(db, rule).Select(s => new
            {
                s.Uid,
                s.LastReceived,
                Count = db.Instances.Count(i => i.Series!.StudyUid == s.Uid),
                Bytes = db.Instances.Where(i => i.Series!.StudyUid == s.Uid).Sum(i => i.Length),
            }).ToListAsync(cancellation);
            foreach (var row in rows)
            {
                found.TryAdd(row.Uid, new RetentionCandidate(row.Uid, row.LastReceived, row.Count, row.Bytes, rule));
            }
        }

        return [.. found.Values.OrderBy(candidate => candidate.LastReceived).ThenBy(candidate => candidate.StudyUid, StringComparer.Ordinal)];
    }

    /// <summary>Takes a study out, if its rule still lets it go.</summary>
    /// <param name="actor">Who asked, for the audit trail.</param>
    /// <returns>False when something about it has changed since the plan: it stays.</returns>
    public async Task<bool> RemoveAsync(RetentionCandidate candidate, string actor, CancellationToken cancellation)
    {
        List<long> instances;
        await using (var db = databases.Create())
        {
            // Immediate: nobody registers an image, takes a run or queues a delivery until the commit.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (!await Finished(db, candidate.Rule).AnyAsync(s => s.Uid == candidate.StudyUid, cancellation))
            {
                return false;
            }

            instances = await db.Instances.Where(i => i.Series!.StudyUid == candidate.StudyUid).Select(i => i.Id).ToListAsync(cancellation);
            await DeleteRowsAsync(db, candidate.StudyUid, cancellation);
            Record(db, candidate, actor);
            await db.SaveChangesAsync(cancellation);
            journal.Remove(instances, Now());

            // No cancellation from here: the marks stand, and the rest follows.
            await transaction.CommitAsync(CancellationToken.None);
        }

        await CompleteAsync();
        changes.Notify(candidate.StudyUid);
        return true;
    }

    /// <summary>Goes on where a removal was cut off: rows that are left, files, marks. Without effect when there is nothing of it.</summary>
    /// <returns>How many instances it was about.</returns>
    public async Task<int> CompleteAsync()
    {
        var count = 0;
        while (journal.Unpurged(Together) is { Count: > 0 } entries)
        {
            var ids = entries.Select(entry => entry.Sequence).ToList();
            await DeleteLeftRowsAsync(ids);
            foreach (var entry in entries)
            {
                File.Delete(folder.Absolute(entry.Path));
            }

            foreach (var place in entries.Select(entry => Path.GetDirectoryName(folder.Absolute(entry.Path))!).Distinct())
            {
                DurableFile.FlushFolder(place);
            }

            journal.Purged(ids);
            count += entries.Count;
        }

        if (count > 0)
        {
            await RemoveOrphanedRunsAsync();
        }

        return count;
    }

    /// <summary>
    /// Complete by evidence, no run under way or given up, nothing on its way out or held, no sender connected: what is asked of
    /// every study, before the rule.
    /// </summary>
    private IQueryable<Study> Finished(ClinicDb db, RetentionRule rule)
    {
        var before = Now() - rule.OlderThan;
        var finished = db.Studies.Where(s => s.LastReceived < before
            && s.AssembledRevision == s.Revision && s.AssemblyDue == null
            && !db.Runs.Any(r => r.StudyUid == s.Uid
                && (r.State == RunState.Queued || r.State == RunState.Running || r.State == RunState.Poisoned))
            && !db.Deliveries.Any(d => d.StudyUid == s.Uid && d.State != DeliveryState.Delivered && d.State != DeliveryState.Superseded)
            && !db.Instances.Any(i => i.Series!.StudyUid == s.Uid && db.Associations.Any(a => a.Id == i.AssociationId && a.Closed == null)));
        if (rule.State == RetentionState.Delivered)
        {
            finished = finished.Where(s => db.Deliveries.Any(d => d.StudyUid == s.Uid && d.State == DeliveryState.Delivered));
        }

        return rule.Modalities.Count == 0 ? finished : finished.Where(s => s.Series.Any(x => rule.Modalities.Contains(x.Modality)));
    }

    /// <summary>Custody events and audit records stay: that the study was here, and what became of it, can still be told.</summary>
    private static async Task DeleteRowsAsync(ClinicDb db, string study, CancellationToken cancellation)
    {
        await db.Deliveries.Where(d => d.StudyUid == study).ExecuteDeleteAsync(cancellation);
        await db.Evidence.Where(e => e.StudyUid == study).ExecuteDeleteAsync(cancellation);
        await db.Runs.Where(r => r.StudyUid == study).ExecuteDeleteAsync(cancellation);
        await db.Instances.Where(i => i.Series!.StudyUid == study).ExecuteDeleteAsync(cancellation);
        await db.Series.Where(s => s.StudyUid == study).ExecuteDeleteAsync(cancellation);
        await db.Announcements.Where(a => a.StudyUid == study).ExecuteDeleteAsync(cancellation);
        await db.Studies.Where(s => s.Uid == study).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Only after a process that ended between mark and commit: the whole study, unless new images have come since.</summary>
    private async Task DeleteLeftRowsAsync(List<long> ids)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var studies = await db.Instances.Where(i => ids.Contains(i.Id) && i.SeriesId != null).Select(i => i.Series!.StudyUid).Distinct().ToListAsync();
        await db.Instances.Where(i => ids.Contains(i.Id)).ExecuteDeleteAsync();
        foreach (var study in studies)
        {
            if (!await db.Instances.AnyAsync(i => i.Series!.StudyUid == study))
            {
                await DeleteRowsAsync(db, study, CancellationToken.None);
            }
        }

        await transaction.CommitAsync();
    }

    private async Task RemoveOrphanedRunsAsync()
    {
        await using var db = databases.Create();
        var known = await db.Runs.Select(r => r.Id).ToHashSetAsync();
        foreach (var run in Directory.GetDirectories(folder.Runs).Where(path => !known.Contains(Path.GetFileName(path))))
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private void Record(ClinicDb db, RetentionCandidate candidate, string actor)
    {
        var size = (candidate.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
        db.CustodyEvents.Add(CustodyTimeline.Line(
            time, candidate.StudyUid, CustodyStage.Retention, CustodySeverity.Information,
            $"The study was removed by rule: {candidate.Instances} instances, {size} MB.", candidate.Rule.ToString()));
        db.AuditRecords.Add(new AuditRecord
        {
            Time = Now(),
            Actor = actor,
            Address = "",
            Action = "remove",
            Subject = candidate.StudyUid,
            IsSuccess = true,
            Detail = $"{candidate.Instances} instances, {size} MB; {candidate.Rule}",
        });
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
