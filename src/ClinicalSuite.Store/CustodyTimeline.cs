using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>The timeline of each study, and of what belongs to none (refused associations).</summary>
public sealed class CustodyTimeline(ClinicDbFactory databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Adds a line. Neither text, cause nor remedy names the patient.</summary>
    public async Task WriteAsync(
        string studyUid, CustodyStage stage, CustodySeverity severity, string text, string cause = "", string remedy = "",
        string? runId = null, CancellationToken cancellation = default)
    {
        await using var db = databases.Create();
        db.CustodyEvents.Add(Line(time, studyUid, stage, severity, text, cause, remedy, runId));
        await db.SaveChangesAsync(cancellation);
        changes.Notify(studyUid);
    }

    /// <summary>The lines of a study, oldest first; those of none with an empty UID.</summary>
    public async Task<IReadOnlyList<CustodyEvent>> OfStudyAsync(string studyUid, int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var latest = await db.CustodyEvents.AsNoTracking().Where(e => e.StudyUid == studyUid)
            .OrderByDescending(e => e.Id).Take(most).ToListAsync(cancellation);
        latest.Reverse();
        return latest;
    }

    internal static CustodyEvent Line(
        TimeProvider time, string studyUid, CustodyStage stage, CustodySeverity severity, string text,
        string cause = "", string remedy = "", string? runId = null) =>
        CustodyEvent.At(time.GetUtcNow().UtcDateTime, studyUid, stage, severity, text, cause, remedy, runId);
}
