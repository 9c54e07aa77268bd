using ClinicalSuite.Store;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Store;

public sealed class RunLedgerTests
{
    private const int Most = 3;

    [Fact]
    public async Task A_run_is_taken_by_one_worker_only()
    {
        await using var store = await StoreFixture.OpenAsync();
        var run = await store.AddRunAsync();

        var takes = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            _ => Task.Run(() => store.Runs.TakeAsync(run.Id, Most, CancellationToken.None))));

        Assert.Single(takes.OfType<RunTake.Taken>());
        Assert.All(takes.OfType<RunTake.NotTaken>(), no => Assert.Equal("another worker has it", no.Why));
    }

    [Fact]
    public async Task An_attempt_that_lost_its_fence_writes_nothing()
    {
        await using var store = await StoreFixture.OpenAsync();
        var run = await store.AddRunAsync();
        var paused = await TakeAsync(store, run.Id);
        await store.Runs.ReleaseRunningAsync(CancellationToken.None);
        var newer = await TakeAsync(store, run.Id);

        Assert.Equal(RunBeat.Lost, await store.Runs.BeatAsync(paused, 0.5, "late", CancellationToken.None));
        Assert.False(await store.Runs.FinishAsync(paused, Ending(paused, "old.dcm"), CancellationToken.None));
        Assert.False(await store.Runs.FailAttemptAsync(paused, "late", Most, CancellationToken.None));
        Assert.True(await store.Runs.FinishAsync(newer, Ending(newer, "new.dcm"), CancellationToken.None));

        var ended = await store.RunAsync(run.Id);
        Assert.Equal(RunState.Done, ended.State);
        Assert.Equal("new.dcm", Assert.Single(ended.Evidence).FileName);
    }

    [Fact]
    public async Task A_process_that_dies_three_times_poisons_the_run()
    {
        await using var store = await StoreFixture.OpenAsync();
        var run = await store.AddRunAsync();
        for (var n = 0; n < Most; n++)
        {
            await TakeAsync(store, run.Id);
            await store.Runs.ReleaseRunningAsync(CancellationToken.None);
        }

        Assert.IsType<RunTake.NotTaken>(await store.Runs.TakeAsync(run.Id, Most, CancellationToken.None));

        var poisoned = await store.RunAsync(run.Id);
        Assert.Equal((RunState.Poisoned, "ATTEMPTS-USED-UP", 3), (poisoned.State, poisoned.Reason, poisoned.Attempts));
        Assert.Empty(await store.Runs.UnfinishedAsync(CancellationToken.None));
        Assert.True(await store.Runs.RestartAsync(run.StudyUid, run.Id, CancellationToken.None));
        Assert.IsType<RunTake.Taken>(await store.Runs.TakeAsync(run.Id, Most, CancellationToken.None));
    }

    [Fact]
    public async Task A_clean_stop_does_not_count_as_an_attempt()
    {
        await using var store = await StoreFixture.OpenAsync();
        var run = await store.AddRunAsync();
        for (var n = 0; n < 5; n++)
        {
            await store.Runs.GiveBackAsync(await TakeAsync(store, run.Id), CancellationToken.None);
        }

        Assert.Equal(0, (await store.RunAsync(run.Id)).Attempts);
    }

    [Fact]
    public async Task A_cancelled_run_cannot_be_recorded_as_done()
    {
        await using var store = await StoreFixture.OpenAsync();
        var run = await TakeAsync(store, (await store.AddRunAsync()).Id);

        Assert.True(await store.Runs.RequestCancelAsync(run.StudyUid, run.Id, CancellationToken.None));

        Assert.Equal(RunBeat.Cancel, await store.Runs.BeatAsync(run, 0.5, "", CancellationToken.None));
        Assert.False(await store.Runs.FinishAsync(run, Ending(run, "late.dcm"), CancellationToken.None));
        await store.Runs.CancelledAsync(run, CancellationToken.None);
        var ended = await store.RunAsync(run.Id);
        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.Empty(ended.Evidence);
    }

    [Fact]
    public async Task A_newer_version_supersedes_the_results_and_stops_what_has_not_left()
    {
        await using var store = await StoreFixture.OpenAsync();
        var old = await TakeAsync(store, (await store.AddRunAsync()).Id);
        await store.Runs.FinishAsync(old, Ending(old, "old.dcm"), CancellationToken.None);
        var next = await store.AddRunAsync("ffffffffffffffffffffffffffffffff");
        await using (var db = store.Databases.Create())
        {
            db.Attach(next);
            next.SupersedesRunId = old.Id;
            await db.SaveChangesAsync();
        }

        var taken = await TakeAsync(store, next.Id);
        Assert.True(await store.Runs.FinishAsync(taken, Ending(taken, "new.dcm"), CancellationToken.None));

        var superseded = await store.RunAsync(old.Id);
        Assert.Equal(next.Id, superseded.SupersededByRunId);
        Assert.Equal(DeliveryState.Superseded, Assert.Single(Assert.Single(superseded.Evidence).Deliveries).State);
    }

    private static async Task<AnalysisRun> TakeAsync(StoreFixture store, string id) =>
        Assert.IsType<RunTake.Taken>(await store.Runs.TakeAsync(id, Most, CancellationToken.None)).Run;

    private static RunEnding Ending(AnalysisRun run, string file) => new()
    {
        State = RunState.Done,
        Events = [],
        Evidence =
        [
            new EvidenceObject
            {
                RunId = run.Id,
                StudyUid = run.StudyUid,
                FileName = file,
                Path = file,
                Sha256 = "",
                Deliveries = { new ClinicalSuite.Store.Delivery { RunId = run.Id, StudyUid = run.StudyUid, Destination = "PACS@127.0.0.1:104" } },
            },
        ],
    };
}
