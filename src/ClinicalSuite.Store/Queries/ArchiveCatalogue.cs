using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store.Queries;

/// <summary>
/// What a query finds, streamed: page after page by key, each in a short transaction of its own, so that neither a hundred
/// thousand results nor a peer that reads slowly costs memory or holds up the database.
/// </summary>
public sealed class ArchiveCatalogue(ClinicDbFactory databases)
{
    private const int Page = 500;

    /// <summary>Studies by UID.</summary>
    public async IAsyncEnumerable<StudyRecord> StudiesAsync(
        ArchiveQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var last = ""; ;)
        {
            await using var db = databases.Create();
            var page = await db.Studies.AsNoTracking().Filter(query, MadeObjects.In(db)).Where(s => string.Compare(s.Uid, last) > 0)
                .OrderBy(s => s.Uid).Take(Page).ToListAsync(cancellation);
            foreach (var record in await WithCountsAsync(db, page, query.WithSample, cancellation))
            {
                yield return record;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Uid;
        }
    }

    /// <summary>Patients by PatientID; of each the first study found speaks for it.</summary>
    public async IAsyncEnumerable<PatientRecord> PatientsAsync(
        ArchiveQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (string Id, string Issuer, string Uid) last = ("", "", "");
        (string, string)? previous = null;
        while (true)
        {
            await using var db = databases.Create();
            var (id, issuer, uid) = last;
            var page = await db.Studies.AsNoTracking().Filter(query, MadeObjects.In(db))
                .Where(s => string.Compare(s.PatientId, id) > 0
                    || (s.PatientId == id && (string.Compare(s.IssuerOfPatientId, issuer) > 0
                        || (s.IssuerOfPatientId == issuer && string.Compare(s.Uid, uid) > 0))))
                .OrderBy(s => s.PatientId).ThenBy(s => s.IssuerOfPatientId).ThenBy(s => s.Uid).Take(Page)
                .ToListAsync(cancellation);
            foreach (var study in page)
            {
                var patient = (study.PatientId, study.IssuerOfPatientId);
                if (study.PatientId.Length == 0 || patient != previous)
                {
                    yield return await PatientAsync(db, study, query.WithSample, cancellation);
                }

                previous = patient;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = (page[^1].PatientId, page[^1].IssuerOfPatientId, page[^1].Uid);
        }
    }

    /// <summary>Series in the order in which they came, each with its study; those of results after the received.</summary>
    public async IAsyncEnumerable<SeriesRecord> SeriesAsync(
        ArchiveQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var received in ReceivedSeriesAsync(query, cancellation))
        {
            yield return received;
        }

        var previous = "";
        for (long last = 0; ;)
        {
            await using var db = databases.Create();
            var page = await MadeObjects.PageAsync(db, query, last, Page, cancellation);
            // Objects of one series follow each other: only the first of a page may belong to the series before.
            foreach (var series in page.GroupBy(made => made.SeriesUid).Where(series => series.Key != previous))
            {
                previous = series.Key;
                var count = await MadeObjects.In(db, withReplaced: true).CountAsync(made => made.SeriesUid == previous, cancellation);
                yield return new SeriesRecord(MadeObjects.SeriesOf(series.First()), count, series.First().Path);
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    private async IAsyncEnumerable<SeriesRecord> ReceivedSeriesAsync(
        ArchiveQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long last = 0; ;)
        {
            await using var db = databases.Create();
            var page = await db.Series.AsNoTracking().Include(s => s.Study).Filter(query).Where(s => s.Id > last)
                .OrderBy(s => s.Id).Take(Page).ToListAsync(cancellation);
            var ids = page.Select(s => s.Id).ToList();
            var counts = await db.Instances.Where(i => i.SeriesId != null && ids.Contains(i.SeriesId.Value) && !i.IsConflict)
                .GroupBy(i => i.SeriesId!.Value).Select(g => new { g.Key, Count = g.Count(), First = g.Min(i => i.Id) })
                .ToDictionaryAsync(g => g.Key, cancellation);
            var samples = query.WithSample ? await PathsAsync(db, counts.Values.Select(g => g.First), cancellation) : [];
            foreach (var series in page.Where(s => counts.ContainsKey(s.Id)))
            {
                var found = counts[series.Id];
                yield return new SeriesRecord(series, found.Count, samples.GetValueOrDefault(found.First, ""));
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    /// <summary>
    /// Instances in the order in which they came, each with its series and study, then results; conflicts are left out.
    /// </summary>
    public async IAsyncEnumerable<Instance> InstancesAsync(
        ArchiveQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var received in ReceivedInstancesAsync(query, cancellation))
        {
            yield return received;
        }

        for (long last = 0; ;)
        {
            await using var db = databases.Create();
            var page = await MadeObjects.PageAsync(db, query, last, Page, cancellation);
            foreach (var made in page)
            {
                yield return MadeObjects.InstanceOf(made);
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    /// <summary>
    /// What can be retrieved of a study, of one of its series, or one object: by series and instance number. A conflicting data
    /// set of the same UID is kept and shown, never served in its place.
    /// </summary>
    public async Task<IReadOnlyList<StoredObject>> ObjectsAsync(
        string studyUid, string? seriesUid, string? sopInstanceUid, CancellationToken cancellation)
    {
        var query = new ArchiveQuery
        {
            Where =
            [
                (QueryColumn.StudyUid, new Condition.AnyOf(studyUid)),
                .. seriesUid is null ? [] : (IEnumerable<(QueryColumn, Condition)>)[(QueryColumn.SeriesUid, new Condition.AnyOf(seriesUid))],
                .. sopInstanceUid is null
                    ? [] : (IEnumerable<(QueryColumn, Condition)>)[(QueryColumn.SopInstanceUid, new Condition.AnyOf(sopInstanceUid))],
            ],
        };
        var objects = new List<StoredObject>();
        await foreach (var found in InstancesAsync(query, cancellation))
        {
            objects.Add(new StoredObject(
                studyUid, found.Series!.Uid, found.SopInstanceUid, found.SopClassUid, found.TransferSyntaxUid, found.Path,
                found.Length, found.DataSetSha256, found.Number));
        }

        return [.. objects.OrderBy(o => o.SeriesUid, StringComparer.Ordinal).ThenBy(o => o.Number)
            .ThenBy(o => o.SopInstanceUid, StringComparer.Ordinal)];
    }

    private async IAsyncEnumerable<Instance> ReceivedInstancesAsync(
        ArchiveQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long last = 0; ;)
        {
            await using var db = databases.Create();
            var page = await Retrievable(db, query).Include(i => i.Series!.Study).Where(i => i.Id > last)
                .OrderBy(i => i.Id).Take(Page).ToListAsync(cancellation);
            foreach (var instance in page)
            {
                yield return instance;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    /// <summary>How many instances <see cref="InstancesAsync"/> finds, by SOP class and transfer syntax.</summary>
    public async Task<IReadOnlyList<(string SopClassUid, string TransferSyntaxUid, int Count)>> KindsAsync(
        ArchiveQuery query, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var kinds = await Retrievable(db, query).GroupBy(i => new { i.SopClassUid, i.TransferSyntaxUid })
            .Select(g => new { g.Key.SopClassUid, g.Key.TransferSyntaxUid, Count = g.Count() }).ToListAsync(cancellation);
        return
        [
            .. kinds.Select(kind => (kind.SopClassUid, kind.TransferSyntaxUid, kind.Count)),
            .. await MadeObjects.KindsAsync(db, query, cancellation),
        ];
    }

    private static IQueryable<Instance> Retrievable(ClinicDb db, ArchiveQuery query) =>
        db.Instances.AsNoTracking().Where(i => i.SeriesId != null && !i.IsConflict).Filter(query);

    private static async Task<PatientRecord> PatientAsync(
        ClinicDb db, Study study, bool withSample, CancellationToken cancellation)
    {
        var record = (await WithCountsAsync(db, [study], withSample, cancellation))[0];
        if (study.PatientId.Length == 0)
        {
            return new PatientRecord(record, 1, record.SeriesCount, record.InstanceCount);
        }

        var studies = db.Studies.Where(s => s.PatientId == study.PatientId && s.IssuerOfPatientId == study.IssuerOfPatientId);
        var made = MadeObjects.In(db).Where(e => studies.Any(s => s.Uid == e.StudyUid));
        return new PatientRecord(
            record, await studies.CountAsync(cancellation),
            await studies.SelectMany(s => s.Series).CountAsync(cancellation)
                + await made.Select(e => e.SeriesUid).Distinct().CountAsync(cancellation),
            await studies.SelectMany(s => s.Series).SelectMany(s => s.Instances).CountAsync(i => !i.IsConflict, cancellation)
                + await made.CountAsync(cancellation));
    }

    private static async Task<IReadOnlyList<StudyRecord>> WithCountsAsync(
        ClinicDb db, IReadOnlyList<Study> studies, bool withSample, CancellationToken cancellation)
    {
        var uids = studies.Select(s => s.Uid).ToList();
        var series = await db.Instances.Where(i => i.SeriesId != null && uids.Contains(i.Series!.StudyUid) && !i.IsConflict)
            .GroupBy(i => new { i.Series!.StudyUid, i.SeriesId, i.Series.Modality, i.SopClassUid })
            .Select(g => new { g.Key.StudyUid, g.Key.SeriesId, g.Key.Modality, g.Key.SopClassUid, Count = g.Count(), First = g.Min(i => i.Id) })
            .ToListAsync(cancellation);
        var byStudy = series.ToLookup(s => s.StudyUid);
        var made = (await MadeObjects.In(db).Include(e => e.Run!.Study).Where(e => uids.Contains(e.StudyUid)).ToListAsync(cancellation))
            .ToLookup(e => e.StudyUid);
        var samples = withSample
            ? await PathsAsync(db, byStudy.Select(study => study.Min(s => s.First)), cancellation)
            : [];
        return [.. studies.Select(study =>
        {
            var parts = byStudy[study.Uid].ToList();
            var results = made[study.Uid].Select(MadeObjects.InstanceOf).ToList();
            return new StudyRecord(
                study,
                [.. parts.Select(p => p.Modality).Concat(results.Select(r => r.Series!.Modality)).Where(m => m.Length > 0)
                    .Distinct().Order(StringComparer.Ordinal)],
                [.. parts.Select(p => p.SopClassUid).Concat(results.Select(r => r.SopClassUid)).Distinct().Order(StringComparer.Ordinal)],
                parts.Select(p => p.SeriesId).Distinct().Count() + results.Select(r => r.Series!.Uid).Distinct().Count(),
                parts.Sum(p => p.Count) + results.Count,
                parts.Count == 0 ? "" : samples.GetValueOrDefault(parts.Min(p => p.First), ""));
        })];
    }

    private static async Task<Dictionary<long, string>> PathsAsync(
        ClinicDb db, IEnumerable<long> instances, CancellationToken cancellation)
    {
        var ids = instances.ToList();
        return await db.Instances.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Path, cancellation);
    }
}
