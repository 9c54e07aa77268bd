using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>What pages and services read.</summary>
public sealed class StudyCatalogue(ClinicDbFactory databases)
{
    /// <summary>Studies with their series, latest first.</summary>
    public Task<IReadOnlyList<Study>> LatestAsync(int most, CancellationToken cancellation) => LatestAsync(0, most, cancellation);

    /// <summary>Studies with their series, latest first, after <paramref name="skip"/> that are later still.</summary>
    public async Task<IReadOnlyList<Study>> LatestAsync(int skip, int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Studies.AsNoTracking().Include(s => s.Series).OrderByDescending(s => s.LastReceived)
            .ThenBy(s => s.Uid).Skip(skip).Take(most).ToListAsync(cancellation);
    }

    /// <summary>The study with its series, or null.</summary>
    public async Task<Study?> FindAsync(string studyUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Studies.AsNoTracking().Include(s => s.Series).FirstOrDefaultAsync(s => s.Uid == studyUid, cancellation);
    }

    /// <summary>All instances of a study, own results and conflicts included, in the order in which they came.</summary>
    public async Task<IReadOnlyList<Instance>> InstancesAsync(string studyUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Instances.AsNoTracking().Include(i => i.Series).Where(i => i.Series!.StudyUid == studyUid)
            .OrderBy(i => i.Id).ToListAsync(cancellation);
    }

    /// <summary>Of each series that was sent to us the path of its first readable image, relative to the store's folder.</summary>
    public async Task<IReadOnlyList<string>> FirstImagesAsync(string studyUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        var paths = await db.Series.Where(s => s.StudyUid == studyUid).OrderBy(s => s.Id)
            .Select(s => s.Instances.Where(i => !i.IsOwnResult && i.Problem == "").OrderBy(i => i.Id).Select(i => i.Path).FirstOrDefault())
            .ToListAsync(cancellation);
        return [.. paths.OfType<string>()];
    }

    /// <summary>Runs of a study with their evidence and its deliveries, newest first.</summary>
    public async Task<IReadOnlyList<AnalysisRun>> RunsAsync(string studyUid, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Runs.AsNoTracking().Include(r => r.Evidence.OrderBy(e => e.Ordinal)).ThenInclude(e => e.Deliveries)
            .Where(r => r.StudyUid == studyUid).OrderByDescending(r => r.Created).AsSplitQuery().ToListAsync(cancellation);
    }

    /// <summary>Runs of several studies, without evidence, for a list.</summary>
    public async Task<IReadOnlyList<AnalysisRun>> RunsOfAsync(IReadOnlyCollection<string> studyUids, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Runs.AsNoTracking().Where(r => studyUids.Contains(r.StudyUid)).OrderByDescending(r => r.Created)
            .ToListAsync(cancellation);
    }

    /// <summary>Bytes in the store of all that came from a calling title.</summary>
    public async Task<long> BytesFromAsync(string callingAeTitle, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Associations.Where(a => a.CallingAeTitle == callingAeTitle)
            .Join(db.Instances, a => a.Id, i => i.AssociationId, (_, i) => i.Length).SumAsync(cancellation);
    }

    public async Task<EvidenceObject?> EvidenceAsync(long id, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Evidence.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, cancellation);
    }

    /// <summary>Objects that were received but whose header cannot be read.</summary>
    public async Task<IReadOnlyList<Instance>> UnreadableAsync(int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Instances.AsNoTracking().Where(i => i.SeriesId == null).OrderByDescending(i => i.Id).Take(most)
            .ToListAsync(cancellation);
    }

    /// <summary>Studies whose results for the RIS wait for a person to confirm the patient.</summary>
    public async Task<IReadOnlyList<Study>> ToReconcileAsync(CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Studies.AsNoTracking()
            .Where(s => db.Deliveries.Any(d => d.StudyUid == s.Uid && d.State == DeliveryState.Held))
            .OrderBy(s => s.FirstReceived).ToListAsync(cancellation);
    }

    /// <summary>What several studies have to deliver, for a list; without what newer versions took the place of.</summary>
    public async Task<IReadOnlyList<Delivery>> DeliveriesOfAsync(IReadOnlyCollection<string> studyUids, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.Deliveries.AsNoTracking()
            .Where(d => studyUids.Contains(d.StudyUid) && d.State != DeliveryState.Superseded).ToListAsync(cancellation);
    }

    /// <summary>What intake turned away, and studies that could not be read as what they claim to be; newest first.</summary>
    public async Task<IReadOnlyList<CustodyEvent>> RefusalsAsync(int most, CancellationToken cancellation)
    {
        await using var db = databases.Create();
        return await db.CustodyEvents.AsNoTracking()
            .Where(e => (e.Stage == CustodyStage.Intake && e.Severity != CustodySeverity.Information)
                || (e.StudyUid == "" && e.Stage == CustodyStage.Delivery && e.Severity != CustodySeverity.Information)
                || ((e.Stage == CustodyStage.Assembly || e.Stage == CustodyStage.Execution) && e.Severity == CustodySeverity.Error))
            .OrderByDescending(e => e.Id).Take(most).ToListAsync(cancellation);
    }
}
