using ClinicalSuite.Store;
using Microsoft.AspNetCore.SignalR;

namespace ClinicalSuite.Server.Live;

/// <summary>Hands on what the store's change feed says to open pages: a step of a running analysis as progress, all else as a change.</summary>
internal sealed class LiveFeed(
    ChangeFeed changes, StudyCatalogue catalogue, CustodyTimeline timeline, IHubContext<LiveHub> hub, ILogger<LiveFeed> log)
    : BackgroundService
{
    private const int MostRemembered = 1000;

    /// <summary>How each study stood when its pages were last told to look again.</summary>
    private readonly Dictionary<string, string> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var uid in changes.ListenAsync(stoppingToken))
            {
                try
                {
                    await TellAsync(uid, stoppingToken);
                }
#pragma warning disable CA1031 // a job boundary: what pages show must not end the appliance
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    Log.PagesNotTold(log, fault);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The appliance stops.
        }
    }

    private async Task TellAsync(string uid, CancellationToken cancellation)
    {
        var pages = uid.Length == 0 ? hub.Clients.All : hub.Clients.Groups(LiveHub.List, LiveHub.Study(uid));
        var runs = uid.Length == 0 ? [] : await catalogue.RunsOfAsync([uid], cancellation);
        foreach (var run in runs.Where(r => r.State == RunState.Running))
        {
            await pages.SendAsync("progress", new { run = run.Id, fraction = run.Progress, step = run.Step }, cancellation);
        }

        if (await IsDifferentAsync(uid, runs, cancellation))
        {
            await pages.SendAsync("changed", new[] { uid }, cancellation);
        }
    }

    /// <summary>Whether more than the progress of a run is new: then the page is fetched again.</summary>
    private async Task<bool> IsDifferentAsync(string uid, IReadOnlyList<AnalysisRun> runs, CancellationToken cancellation)
    {
        var study = uid.Length == 0 ? null : await catalogue.FindAsync(uid, cancellation);
        var latest = await timeline.OfStudyAsync(uid, 1, cancellation);
        var last = latest.Count > 0 ? latest[0].Id : 0;
        var states = string.Join(' ', runs.Select(r => $"{r.State}{r.CancelRequested}"));
        var now = $"{last} {study?.InstanceCount} {study?.WaitingFor} {states}";
        if (told.GetValueOrDefault(uid) == now)
        {
            return false;
        }

        if (told.Count >= MostRemembered)
        {
            told.Clear();
        }

        told[uid] = now;
        return true;
    }
}
