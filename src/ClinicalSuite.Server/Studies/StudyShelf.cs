using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>What the pages show, gathered from the store. Every call is a fresh look at the database.</summary>
public sealed class StudyShelf(StudyCatalogue catalogue, CustodyTimeline timeline)
{
    private const int EventsShown = 2000;

    /// <summary>The studies that received something last, newest first.</summary>
    /// <param name="skip">So many newer ones are left out: a page of the list.</param>
    public async Task<IReadOnlyList<StudyRow>> LatestAsync(int skip, int count, CancellationToken cancellation) =>
        await DescribeAsync(await catalogue.LatestAsync(skip, count, cancellation), cancellation);

    /// <summary>Studies with results that wait because nobody can be sure whose they are.</summary>
    public async Task<IReadOnlyList<StudyRow>> HeldAsync(CancellationToken cancellation) =>
        await DescribeAsync(await catalogue.ToReconcileAsync(cancellation), cancellation);

    public async Task<StudySheet?> FindAsync(string uid, CancellationToken cancellation)
    {
        if (await catalogue.FindAsync(uid, cancellation) is not { } study)
        {
            return null;
        }

        var runs = (await catalogue.RunsAsync(uid, cancellation)).OrderBy(r => r.Created).ToList();
        var evidence = runs.SelectMany(r => r.Evidence).ToList();
        var deliveries = evidence.SelectMany(e => e.Deliveries).ToList();
        return new StudySheet(
            study,
            runs,
            evidence,
            deliveries,
            await timeline.OfStudyAsync(uid, EventsShown, cancellation),
            Standings.Of(study, runs, deliveries));
    }

    private async Task<IReadOnlyList<StudyRow>> DescribeAsync(IReadOnlyList<Study> studies, CancellationToken cancellation)
    {
        var uids = studies.Select(s => s.Uid).ToList();
        var runs = (await catalogue.RunsOfAsync(uids, cancellation)).ToLookup(r => r.StudyUid);
        var deliveries = (await catalogue.DeliveriesOfAsync(uids, cancellation)).ToLookup(d => d.StudyUid);
        return [.. studies.Select(study => new StudyRow(
            study,
            [.. study.Series.Select(s => s.Modality).Distinct().Order()],
            [.. runs[study.Uid].OrderBy(r => r.Created)],
            deliveries[study.Uid].Count(d => d.State == DeliveryState.Delivered),
            deliveries[study.Uid].Count(),
            deliveries[study.Uid].Count(d => d.State == DeliveryState.Failed),
            Standings.Of(study, [.. runs[study.Uid]], [.. deliveries[study.Uid]])))];
    }
}
