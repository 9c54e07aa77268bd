using ClinicalSuite.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Store;

public sealed class StoreLockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Second_process_of_a_role_is_told_and_clears_nothing_away()
    {
        await using var store = await StoreFixture.OpenAsync();
        using var first = await StartAsync(store.Folder.Path, StoreRole.Intake, StoreRole.Work);
        var half = Path.Combine(store.Folder.Incoming, "half");
        await File.WriteAllTextAsync(half, "x", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<IOException>(() => StartAsync(store.Folder.Path, StoreRole.Work));

        Assert.Contains("in use for work by another process", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(half));
        await first.StopAsync(TestContext.Current.CancellationToken);
        using var next = await StartAsync(store.Folder.Path, StoreRole.Intake);
        Assert.False(File.Exists(half));
    }

    [Fact]
    public async Task Role_clears_away_only_what_its_own_kind_left()
    {
        await using var store = await StoreFixture.OpenAsync();
        using var intake = await StartAsync(store.Folder.Path, StoreRole.Intake);
        var half = Path.Combine(store.Folder.Incoming, "half");
        await File.WriteAllTextAsync(half, "x", TestContext.Current.CancellationToken);
        await store.Register.AssociationOpenedAsync("a", "SCANNER", "CLINIC", "127.0.0.1", CancellationToken.None);
        var run = await store.AddRunAsync();
        Assert.IsType<RunTake.Taken>(await store.Runs.TakeAsync(run.Id, 3, CancellationToken.None));

        using (var web = await StartAsync(store.Folder.Path, StoreRole.Web))
        {
            Assert.Equal(RunState.Running, (await store.RunAsync(run.Id)).State);
        }

        using var work = await StartAsync(store.Folder.Path, StoreRole.Work);
        Assert.Equal(RunState.Queued, (await store.RunAsync(run.Id)).State);
        Assert.True(File.Exists(half));
        await using var db = store.Databases.Create();
        Assert.Null((await db.Associations.SingleAsync(TestContext.Current.CancellationToken)).Closed);
    }

    [Fact]
    public async Task Start_is_not_held_up_by_a_process_that_was_killed_while_it_migrated()
    {
        await using var store = await StoreFixture.OpenAsync();
        await using (var db = store.Databases.Create())
        {
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL);"
                + "INSERT INTO \"__EFMigrationsLock\" VALUES(1, '2026-01-01 00:00:00')", TestContext.Current.CancellationToken);
        }

        using var host = await StartAsync(store.Folder.Path, StoreRole.Web).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_the_store_holds_is_for_its_owner_alone()
    {
        var path = Directory.CreateTempSubdirectory("clinicalsuite-modes-").FullName;
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        await using var store = await StoreFixture.OpenAsync(path);
        await store.StoreAsync("1.2.3.4", [1, 2, 3, 4]);

        Assert.False(store.Folder.IsOpenToOthers);
        string[] folders = [path, store.Folder.Incoming, store.Folder.Instances, store.Folder.Runs, store.Folder.Keys];
        Assert.All(folders, folder => Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(folder)));
        Assert.All(Directory.GetFiles(path, "*.db*"), file => Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(file)));
        Assert.NotEmpty(Directory.GetFiles(path, "*.db-wal"));
    }

    private static async Task<IHost> StartAsync(string folder, params StoreRole[] roles)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddStore(new StoreSettings { DataFolder = folder, Watermarks = DiskWatermarks.None, Roles = roles.ToHashSet() });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
