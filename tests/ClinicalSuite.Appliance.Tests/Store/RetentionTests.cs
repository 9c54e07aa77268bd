using ClinicalSuite.Pipeline.Retention;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using ClinicalSuite.Store.Retention;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Store;

public sealed class RetentionTests
{
    private static readonly RetentionRule Old = new() { OlderThan = TimeSpan.FromDays(30), State = RetentionState.Finished };

    [Fact]
    public async Task Only_old_studies_that_are_finished_and_delivered_are_in_the_plan()
    {
        await using var store = await StoreFixture.OpenAsync();
        await AddAsync(store, "1.1", delivery: DeliveryState.Delivered);
        await AddAsync(store, "1.2", delivery: DeliveryState.Queued);
        await AddAsync(store, "1.3", delivery: DeliveryState.Failed);
        await AddAsync(store, "1.4", delivery: DeliveryState.Held);
        await AddAsync(store, "1.5", run: RunState.Running);
        await AddAsync(store, "1.6", run: RunState.Poisoned);
        await AddAsync(store, "1.7", change: study => study.AssembledRevision = 0);
        await AddAsync(store, "1.8", change: study => study.LastReceived = DateTime.UtcNow.AddDays(-29));
        await AddAsync(store, "1.9", change: _ => { });
        await AddAsync(store, "1.10", isSenderConnected: true);
        await AddAsync(store, "1.11", modality: "MR");

        Assert.Equal(["1.1", "1.11", "1.9"], await PlanAsync(store, Old));
        Assert.Equal(["1.1"], await PlanAsync(store, Old with { State = RetentionState.Delivered }));
        Assert.Equal(["1.11"], await PlanAsync(store, Old with { Modalities = ["MR", "US"] }));
        Assert.Empty(await PlanAsync(store));
    }

    [Fact]
    public async Task A_removed_study_is_gone_from_database_and_disk_and_its_removal_is_told()
    {
        await using var store = await StoreFixture.OpenAsync();
        await AddAsync(store, "1.1", delivery: DeliveryState.Delivered);
        await AddAsync(store, "1.2", delivery: DeliveryState.Queued);

        var removed = new List<string>();
        var count = await new RetentionSweep(Book(store), store.Folder).RunAsync(
            [Old], "tester", candidate => removed.Add(candidate.StudyUid), CancellationToken.None);

        Assert.Equal(1, count);
        Assert.Equal(["1.1"], removed);
        await using var db = store.Databases.Create();
        Assert.Equal(["1.2"], await db.Studies.Select(s => s.Uid).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Instances.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Runs.CountAsync(TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(store.Folder.Instances, "*", SearchOption.AllDirectories));
        Assert.Single(Directory.GetDirectories(store.Folder.Runs));
        Assert.Equal(1, store.AssertVerified());
        var record = await db.AuditRecords.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("remove", "tester", "1.1", true), (record.Action, record.Actor, record.Subject, record.IsSuccess));
        Assert.Equal(CustodyStage.Retention, (await db.CustodyEvents.SingleAsync(TestContext.Current.CancellationToken)).Stage);
    }

    [Fact]
    public async Task What_was_removed_may_come_again_as_new()
    {
        await using var store = await StoreFixture.OpenAsync();
        await AddAsync(store, "1.1", delivery: DeliveryState.Delivered);
        await RemoveAllAsync(store);

        var again = Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync("1.1.1.1", Image("1.1")));

        Assert.Equal(2, again.Entry.Sequence);
        Assert.Equal(1, store.AssertVerified());
    }

    [Fact]
    public async Task A_removal_that_was_cut_off_after_its_marks_is_completed_by_the_next_start()
    {
        await using var store = await StoreFixture.OpenAsync();
        await AddAsync(store, "1.1", delivery: DeliveryState.Delivered);
        await AddAsync(store, "1.2", delivery: DeliveryState.Delivered);

        // As if the process had ended between the marks and the commit.
        store.Journal.Remove([1], DateTime.UtcNow);
        Assert.Equal(1, store.AssertVerified());

        Assert.Equal(1, await Book(store).CompleteAsync());

        await using var db = store.Databases.Create();
        Assert.Equal(["1.2"], await db.Studies.Select(s => s.Uid).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(store.Folder.Instances, "*", SearchOption.AllDirectories));
        Assert.Single(Directory.GetDirectories(store.Folder.Runs));
        Assert.Equal(0, await Book(store).CompleteAsync());
    }

    [Fact]
    public async Task A_study_that_changed_since_the_plan_stays()
    {
        await using var store = await StoreFixture.OpenAsync();
        await AddAsync(store, "1.1", delivery: DeliveryState.Delivered);
        var candidate = Assert.Single(await Book(store).PlanAsync([Old], CancellationToken.None));
        await using (var db = store.Databases.Create())
        {
            await db.Studies.ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Revision, 9), TestContext.Current.CancellationToken);
        }

        Assert.False(await Book(store).RemoveAsync(candidate, "tester", CancellationToken.None));
        Assert.Equal(1, store.AssertVerified());
    }

    [Fact]
    public async Task A_sweep_waits_for_a_backup()
    {
        await using var store = await StoreFixture.OpenAsync();
        await AddAsync(store, "1.1", delivery: DeliveryState.Delivered);
        using (MaintenanceLock.TryTake(store.Folder))
        {
            Assert.Null(await RemoveAllAsync(store));
        }

        Assert.Equal(1, await RemoveAllAsync(store));
    }

    private static RetentionBook Book(StoreFixture store) =>
        new(store.Folder, store.Journal, store.Databases, store.Changes, TimeProvider.System);

    private static async Task<IEnumerable<string>> PlanAsync(StoreFixture store, params RetentionRule[] rules) =>
        (await Book(store).PlanAsync(rules, CancellationToken.None)).Select(candidate => candidate.StudyUid).Order(StringComparer.Ordinal);

    private static Task<int?> RemoveAllAsync(StoreFixture store) =>
        new RetentionSweep(Book(store), store.Folder).RunAsync([Old], "tester", _ => { }, CancellationToken.None);

    private static byte[] Image(string study) => [.. Enumerable.Repeat((byte)study.Length, 1000)];

    /// <summary>A study with one instance, received two months ago, decided about; with a run and a delivery if asked for.</summary>
    private static async Task AddAsync(
        StoreFixture store, string study, RunState? run = null, DeliveryState? delivery = null, Action<Study>? change = null,
        bool isSenderConnected = false, string modality = "CT")
    {
        var stored = Assert.IsType<StoreOutcome.Stored>(await store.StoreAsync($"{study}.1.1", Image(study)));
        var association = "a" + study;
        await store.Register.AssociationOpenedAsync(association, "S", "S", "", CancellationToken.None);
        await store.Register.RegisterAsync(
            [new Registration(stored.Entry with { AssociationId = association }, new InstanceFacts { StudyUid = study, SeriesUid = study + ".1", Modality = modality, PatientId = "P" })],
            CancellationToken.None);
        if (!isSenderConnected)
        {
            await store.Register.AssociationClosedAsync(association, Association.Released, CancellationToken.None);
        }

        await using var db = store.Databases.Create();
        await db.CustodyEvents.ExecuteDeleteAsync();
        var row = await db.Studies.SingleAsync(s => s.Uid == study);
        (row.LastReceived, row.AssembledRevision, row.AssemblyDue) = (DateTime.UtcNow.AddDays(-60), row.Revision, null);
        change?.Invoke(row);
        await db.SaveChangesAsync();
        if (run is not null || delivery is not null)
        {
            await AddRunAsync(store, study, run ?? RunState.Done, delivery);
        }
    }

    private static async Task AddRunAsync(StoreFixture store, string study, RunState state, DeliveryState? delivery)
    {
        var run = await store.AddRunAsync("run" + study, study);
        Directory.CreateDirectory(store.Folder.AttemptFolder(run.Id, 1));
        await using var db = store.Databases.Create();
        await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, state));
        if (delivery is not { } one)
        {
            return;
        }

        var evidence = new EvidenceObject
        {
            RunId = run.Id,
            StudyUid = study,
            FileName = "a.pdf",
            Path = $"runs/{run.Id}/attempt-1/a.pdf",
            Sha256 = "00",
        };
        db.Evidence.Add(evidence);
        await db.SaveChangesAsync();
        db.Deliveries.Add(new ClinicalSuite.Store.Delivery
        {
            EvidenceObjectId = evidence.Id,
            RunId = run.Id,
            StudyUid = study,
            Destination = "PACS",
            State = one,
        });
        await db.SaveChangesAsync();
    }
}
