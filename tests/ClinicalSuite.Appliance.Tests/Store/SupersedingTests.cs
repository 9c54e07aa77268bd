using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.EntityFrameworkCore;
using Xunit;
using DeliveryRow = ClinicalSuite.Store.Delivery;

namespace ClinicalSuite.Appliance.Tests.Store;

/// <summary>Late images make a new version: what becomes of the run before, and of what it has still to deliver.</summary>
public sealed class SupersedingTests
{
    private const string Study = "1.2.3";
    private const string Old = "0123456789abcdef0123456789abcdef";
    private const string New = "ffffffffffffffffffffffffffffffff";

    [Fact]
    public async Task Run_that_ends_while_the_new_version_is_decided_about_is_superseded_all_the_same()
    {
        await using var store = await StoreFixture.OpenAsync();
        var old = await TakeAsync(store, (await store.AddRunAsync(Old)).Id);
        var decision = NewVersion();
        Assert.True(await store.Runs.FinishAsync(old, Ending(old, RunState.Done), CancellationToken.None));

        await store.Book.RecordAsync(decision, CancellationToken.None);

        Assert.Equal(Old, (await store.RunAsync(New)).SupersedesRunId);
        Assert.Null((await store.RunAsync(Old)).SupersededByRunId);
        await FinishNewAsync(store, RunState.Done);
        Assert.Equal(New, (await store.RunAsync(Old)).SupersededByRunId);
    }

    [Theory]
    [InlineData(RunState.Queued)]
    [InlineData(RunState.Running)]
    [InlineData(RunState.Poisoned)]
    [InlineData(RunState.Refused)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.NotAssessable)]
    public async Task Run_without_results_gives_way_at_once_and_cannot_be_started_again(RunState state)
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.AddRunAsync(Old);
        await SetAsync(store, state);

        await store.Book.RecordAsync(NewVersion(), CancellationToken.None);

        var old = await store.RunAsync(Old);
        Assert.Equal((New, state is RunState.Queued or RunState.Running), (old.SupersededByRunId, old.CancelRequested));
        Assert.Null((await store.RunAsync(New)).SupersedesRunId);
        Assert.IsType<RunTake.NotTaken>(await store.Runs.TakeAsync(Old, 3, CancellationToken.None));
        Assert.False(await store.Runs.RestartAsync(Study, Old, CancellationToken.None));
    }

    [Theory]
    [InlineData(RunState.Refused, false)]
    [InlineData(RunState.NotAssessable, true)]
    [InlineData(RunState.Done, true)]
    public async Task Only_a_new_version_with_results_withdraws_the_earlier_ones(RunState state, bool supersedes)
    {
        await using var store = await StoreFixture.OpenAsync();
        var old = await TakeAsync(store, (await store.AddRunAsync(Old)).Id);
        await store.Runs.FinishAsync(old, Ending(old, RunState.Done), CancellationToken.None);
        await store.Book.RecordAsync(NewVersion(), CancellationToken.None);

        await FinishNewAsync(store, state);

        var row = await store.RunAsync(Old);
        Assert.Equal(supersedes ? New : null, row.SupersededByRunId);
        Assert.Equal(supersedes ? DeliveryState.Superseded : DeliveryState.Queued, row.Evidence.Single().Deliveries.Single().State);
    }

    [Theory]
    [InlineData(DeliveryState.Queued, DeliveryState.Superseded)]
    [InlineData(DeliveryState.Held, DeliveryState.Superseded)]
    [InlineData(DeliveryState.Failed, DeliveryState.Superseded)]
    [InlineData(DeliveryState.Sending, DeliveryState.Sending)]
    [InlineData(DeliveryState.Delivered, DeliveryState.Delivered)]
    public async Task What_has_not_left_is_withdrawn_by_the_new_version(DeliveryState before, DeliveryState after)
    {
        await using var store = await StoreFixture.OpenAsync();
        var row = await DeliverySupersededAsync(store, before);

        Assert.Equal(after, row.State);
        Assert.False(await store.Outbox.RequeueAsync(Study, row.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("fail")]
    [InlineData("hold")]
    public async Task What_was_being_sent_when_the_new_version_came_is_not_sent_again(string outcome)
    {
        await using var store = await StoreFixture.OpenAsync();
        var row = await DeliverySupersededAsync(store, DeliveryState.Sending);

        Assert.True(await (outcome switch
        {
            "retry" => store.Outbox.RetryAsync(row, "no answer", DateTime.UtcNow, CancellationToken.None),
            "fail" => store.Outbox.FailedAsync(row, "refused", "look", CancellationToken.None),
            _ => store.Outbox.HoldAsync(row, CancellationToken.None),
        }));

        Assert.Equal(DeliveryState.Superseded, (await DeliveryAsync(store)).State);
        Assert.DoesNotContain(await store.Outbox.LeaseDueAsync(TimeSpan.FromMinutes(1), 10, [], CancellationToken.None), d => d.RunId == Old);
    }

    [Theory]
    [InlineData(DeliveryState.Queued)]
    [InlineData(DeliveryState.Sending)]
    public async Task Superseded_result_is_never_leased_however_its_row_came_to_be_due(DeliveryState state)
    {
        await using var store = await StoreFixture.OpenAsync();
        await DeliverySupersededAsync(store, DeliveryState.Delivered);
        await SetDeliveryAsync(store, state);

        Assert.DoesNotContain(await store.Outbox.LeaseDueAsync(TimeSpan.FromMinutes(1), 10, [], CancellationToken.None), d => d.RunId == Old);
        Assert.Equal(DeliveryState.Superseded, (await DeliveryAsync(store)).State);
    }

    [Fact]
    public async Task Run_and_delivery_of_another_study_are_out_of_reach()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.AddRunAsync(Old);
        Assert.False(await store.Runs.RequestCancelAsync("9.9", Old, CancellationToken.None));
        await SetAsync(store, RunState.Poisoned);
        Assert.False(await store.Runs.RestartAsync("9.9", Old, CancellationToken.None));
        Assert.True(await store.Runs.RestartAsync(Study, Old, CancellationToken.None));
        var run = await TakeAsync(store, Old);
        await store.Runs.FinishAsync(run, Ending(run, RunState.Done), CancellationToken.None);
        await SetDeliveryAsync(store, DeliveryState.Failed);
        var id = (await DeliveryAsync(store)).Id;
        Assert.False(await store.Outbox.RequeueAsync("9.9", id, CancellationToken.None));
        Assert.True(await store.Outbox.RequeueAsync(Study, id, CancellationToken.None));
    }

    [Fact]
    public void Study_whose_newest_version_is_delivered_needs_nobody_whatever_became_of_the_earlier_ones()
    {
        var study = new Study { Uid = Study };
        AnalysisRun[] runs = [Run("a", RunState.Poisoned, "c"), Run("b", RunState.Done, "c"), Run("c", RunState.Done, null)];
        DeliveryRow[] deliveries = [Row("b", DeliveryState.Failed), Row("c", DeliveryState.Delivered)];

        Assert.Equal(Standing.Delivered, Standings.Of(study, runs, deliveries));
        Assert.Empty(Trouble.Of(new StudySheet(study, runs, [], deliveries, [], Standing.Delivered)));

        deliveries = [Row("b", DeliveryState.Delivered), Row("c", DeliveryState.Failed)];
        Assert.Equal(Standing.NeedsAttention, Standings.Of(study, runs, deliveries));
        Assert.Single(Trouble.Of(new StudySheet(study, runs, [], deliveries, [], Standing.NeedsAttention)));
    }

    private static AnalysisRun Run(string id, RunState state, string? newer) => new()
    {
        Id = id,
        StudyUid = Study,
        AnalysisId = "test",
        AnalysisVersion = "1",
        InputHash = id,
        Inputs = [],
        State = state,
        SupersededByRunId = newer,
    };

    private static DeliveryRow Row(string run, DeliveryState state) =>
        new() { RunId = run, StudyUid = Study, Destination = "PACS@127.0.0.1:104", State = state };

    private static AssemblyDecision NewVersion() => new()
    {
        StudyUid = Study,
        Revision = 2,
        SeenDue = null,
        IsDecided = true,
        Runs = [Run(New, RunState.Queued, null)],
        Replaces = new Dictionary<string, IReadOnlyList<string>> { [New] = [Old] },
    };

    /// <summary>A delivery of the old run in a state, after the new run has ended with results.</summary>
    private static async Task<DeliveryRow> DeliverySupersededAsync(StoreFixture store, DeliveryState state)
    {
        var old = await TakeAsync(store, (await store.AddRunAsync(Old)).Id);
        await store.Runs.FinishAsync(old, Ending(old, RunState.Done), CancellationToken.None);
        await store.Book.RecordAsync(NewVersion(), CancellationToken.None);
        await SetDeliveryAsync(store, state);
        await FinishNewAsync(store, RunState.Done);
        return await DeliveryAsync(store);
    }

    private static async Task FinishNewAsync(StoreFixture store, RunState state)
    {
        var taken = await TakeAsync(store, New);
        Assert.True(await store.Runs.FinishAsync(taken, Ending(taken, state), CancellationToken.None));
    }

    private static async Task SetAsync(StoreFixture store, RunState state)
    {
        await using var db = store.Databases.Create();
        await db.Runs.Where(r => r.Id == Old).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, state).SetProperty(r => r.Heartbeat, DateTime.UtcNow.AddHours(-1)));
    }

    private static async Task SetDeliveryAsync(StoreFixture store, DeliveryState state)
    {
        await using var db = store.Databases.Create();
        await db.Deliveries.Where(d => d.RunId == Old).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.LeaseUntil, DateTime.UtcNow.AddHours(-1)));
    }

    private static async Task<DeliveryRow> DeliveryAsync(StoreFixture store)
    {
        await using var db = store.Databases.Create();
        return await db.Deliveries.AsNoTracking().Include(d => d.Evidence).SingleAsync(d => d.RunId == Old);
    }

    private static async Task<AnalysisRun> TakeAsync(StoreFixture store, string id) =>
        Assert.IsType<RunTake.Taken>(await store.Runs.TakeAsync(id, 3, CancellationToken.None)).Run;

    private static RunEnding Ending(AnalysisRun run, RunState state) => new()
    {
        State = state,
        Events = [],
        Evidence = state == RunState.Refused
            ? []
            :
            [
                new EvidenceObject
                {
                    RunId = run.Id,
                    StudyUid = run.StudyUid,
                    FileName = "sr.dcm",
                    Path = "sr.dcm",
                    Sha256 = "",
                    Deliveries = { Row(run.Id, DeliveryState.Queued) },
                },
            ],
    };
}
