using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>
/// What can be retrieved: of each SOP instance the data set that is in use, received or made here. A conflicting data set
/// of the same UID is kept and shown, never served in its place.
/// </summary>
public sealed class ObjectCatalogue(ClinicDbFactory databases)
{
    /// <summary>The objects of a study, of one of its series, or one of them; by series and instance number.</summary>
    public async Task<IReadOnlyList<StoredObject>> FindAsync(
        string studyUid, string? seriesUid, string? sopInstanceUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var received = await db.Instances.AsNoTracking()
            .Where(i => i.Series!.StudyUid == studyUid && !i.IsConflict)
            .Where(i => seriesUid == null || i.Series!.Uid == seriesUid)
            .Where(i => sopInstanceUid == null || i.SopInstanceUid == sopInstanceUid)
            .Select(i => new StoredObject(
                i.Series!.StudyUid, i.Series.Uid, i.SopInstanceUid, i.SopClassUid, i.TransferSyntaxUid, i.Path, i.Length,
                i.DataSetSha256, i.Number))
            .ToListAsync(cancellation);
        var made = await db.Evidence.AsNoTracking()
            .Where(e => e.StudyUid == studyUid && e.SopInstanceUid != "")
            .Where(e => seriesUid == null || e.SeriesUid == seriesUid)
            .Where(e => sopInstanceUid == null || e.SopInstanceUid == sopInstanceUid)
            .Select(e => new StoredObject(
                e.StudyUid, e.SeriesUid, e.SopInstanceUid, e.SopClassUid, "", e.Path, e.Length, e.Sha256, null))
            .ToListAsync(cancellation);
        return [.. received.Concat(made).DistinctBy(o => o.SopInstanceUid)
            .OrderBy(o => o.SeriesUid, StringComparer.Ordinal).ThenBy(o => o.Number).ThenBy(o => o.SopInstanceUid, StringComparer.Ordinal)];
    }
}
