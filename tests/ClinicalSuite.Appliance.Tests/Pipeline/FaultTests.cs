using ClinicalSuite.Pipeline;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Pipeline;

/// <summary>What breaks for a while, or for one object, stops nothing else.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Workers_go_on_when_the_database_is_whole_again()
    {
        await using var pipeline = await RunningPipeline.StartAsync();
        string[] tables = ["Studies", "Runs", "Deliveries"];
        foreach (var table in tables)
        {
            await ExecuteAsync(pipeline, $"ALTER TABLE {table} RENAME TO {table}Away");
        }

        // Others that look at these tables may fail with them.
        string[] expected = ["assembly", "delivery", "scheduling"];
        await FailingAsync(pipeline, failing => expected.All(failing.Contains));
        foreach (var table in tables)
        {
            await ExecuteAsync(pipeline, $"ALTER TABLE {table}Away RENAME TO {table}");
        }

        var study = new SyntheticStudy("1.2.3");
        await pipeline.SendAsync(study, 0, 1, 2, 3);
        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(study.Uid)).State);
        await FailingAsync(pipeline, failing => failing.Count == 0);
    }

    [Fact]
    public async Task Object_that_the_disk_does_not_give_is_told_and_the_others_are_assembled()
    {
        var folder = RunningPipeline.NewFolder();
        var study = new SyntheticStudy("1.2.3");
        await using (var first = await RunningPipeline.StartAsync(folder, s => s with { QuietTime = TimeSpan.FromHours(1) }, keepFolder: true))
        {
            await first.StopAsync();
            var broken = Assert.IsType<StoreOutcome.Stored>(await first.SendAsync(new SyntheticStudy("1.2.9").Slice(0), "gone"));
            var path = first.Folder.Absolute(broken.Entry.Path);
            File.Delete(path);
            // Even root cannot read a folder as a file.
            Directory.CreateDirectory(path);
        }

        await using var pipeline = await RunningPipeline.StartAsync(folder, s => s, keepFolder: false);
        await pipeline.SendAsync(study, 0, 1, 2, 3);

        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(study.Uid)).State);
        var unreadable = Assert.Single(await pipeline.Get<StudyCatalogue>().UnreadableAsync(10, CancellationToken.None));
        Assert.Equal("the data disk does not give the file", unreadable.Problem);
    }

    [Fact]
    public async Task Image_of_another_patient_takes_back_what_a_person_had_confirmed()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { QuietTime = TimeSpan.FromHours(1) }, keepFolder: false);
        var study = new SyntheticStudy("1.2.3");
        await pipeline.SendAsync(study, 0, 1, 2);
        await pipeline.EndedRunAsync(study.Uid);
        await pipeline.Get<DeliveryOutbox>().ConfirmIdentityAsync(study.Uid, CancellationToken.None);

        await pipeline.SendAsync(study with { PatientId = "P2" }, 3);

        await pipeline.UntilAsync(db => db.Studies.FirstOrDefaultAsync(s => s.IdentityTrust == IdentityTrust.Contradictory));
    }

    /// <summary>Wakes the workers until their health is as wanted.</summary>
    private static async Task FailingAsync(RunningPipeline pipeline, Func<IReadOnlyList<string>, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!wanted(pipeline.Get<WorkerHealth>().Failing))
        {
            pipeline.Get<ChangeFeed>().Notify("");
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task ExecuteAsync(RunningPipeline pipeline, string sql)
    {
        await using var db = pipeline.Get<ClinicDbFactory>().Create();
#pragma warning disable EF1002 // names of our own tables
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
#pragma warning restore EF1002
    }
}
