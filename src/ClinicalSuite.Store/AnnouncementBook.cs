using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>What modalities and archives say of studies. Every change makes assembly look at the study again.</summary>
public sealed class AnnouncementBook(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Writes down a new step or notification: one row for each study.</summary>
    /// <returns>False: there is one of this kind under this SOPInstanceUID.</returns>
    public async Task<bool> AddAsync(IReadOnlyList<Announcement> rows, string text, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var first = rows[0];
        if (await db.Announcements.AnyAsync(
            a => a.Kind == first.Kind && a.SopInstanceUid == first.SopInstanceUid, cancellation))
        {
            return false;
        }

        var now = Now();
        foreach (var row in rows)
        {
            row.Created = now;
            row.Changed = now;
            db.Announcements.Add(row);
            await ChangedAsync(db, row, text, CustodySeverity.Information, now, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        Notify(rows);
        return true;
    }

    /// <summary>The rows of a performed procedure step; empty when there is none.</summary>
    public async Task<IReadOnlyList<Announcement>> StepAsync(string sopInstanceUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Announcements.AsNoTracking()
            .Where(a => a.Kind == AnnouncementKind.PerformedStep && a.SopInstanceUid == sopInstanceUid)
            .OrderBy(a => a.Id).ToListAsync(cancellation);
    }

    /// <summary>Writes a step's new attributes, unless it has ended in the meantime.</summary>
    /// <param name="text">The line of the timeline.</param>
    public async Task<bool> ChangeStepAsync(
        string sopInstanceUid, AnnouncementState state, IReadOnlyList<AnnouncedSeries> series, byte[] dataSet, string text,
        CancellationToken cancellation)
    {
        await using var db = databases.Create();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var rows = await db.Announcements
            .Where(a => a.Kind == AnnouncementKind.PerformedStep && a.SopInstanceUid == sopInstanceUid
                && a.State == AnnouncementState.InProgress)
            .ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return false;
        }

        var now = Now();
        foreach (var row in rows)
        {
            row.State = state;
            row.Series = series;
            row.DataSet = dataSet;
            row.Changed = now;
            var severity = state == AnnouncementState.Discontinued ? CustodySeverity.Warning : CustodySeverity.Information;
            await ChangedAsync(db, row, text, severity, now, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        Notify(rows);
        return true;
    }

    private async Task ChangedAsync(
        ClinicDb db, Announcement row, string text, CustodySeverity severity, DateTime now, CancellationToken cancellation)
    {
        if (text.Length > 0)
        {
            db.CustodyEvents.Add(CustodyTimeline.Line(time, row.StudyUid, CustodyStage.Assembly, severity, text));
        }

        await db.Studies.Where(s => s.Uid == row.StudyUid && s.Revision > s.AssembledRevision).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.AssemblyDue, now), cancellation);
    }

    private void Notify(IReadOnlyList<Announcement> rows)
    {
        foreach (var row in rows)
        {
            changes.Notify(row.StudyUid);
        }
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
