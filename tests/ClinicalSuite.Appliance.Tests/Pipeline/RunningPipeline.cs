using ClinicalSuite.Appliance.Host;
using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Pipeline;

/// <summary>The real pipeline on a folder of its own; only its analysis is made for tests. Runs execute in real child processes.</summary>
internal sealed class RunningPipeline : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IHost host;
    private readonly bool keepFolder;

    private RunningPipeline(PipelineSettings settings, bool keepFolder, TimeProvider time)
    {
        this.keepFolder = keepFolder;
        DataFolder = settings.Store.DataFolder;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(time);
        builder.Services.AddPipeline(settings, MisbehavingAnalysis.All);
        host = builder.Build();
    }

    public string DataFolder { get; }

    public StoreFolder Folder => Get<StoreFolder>();

    public static string NewFolder() => Directory.CreateTempSubdirectory("clinicalsuite-pipeline-").FullName;

    /// <param name="analysis">Settings of <see cref="MisbehavingAnalysis"/>.</param>
    public static Task<RunningPipeline> StartAsync(params string[] analysis) => StartAsync(NewFolder(), s => s, false, analysis);

    public static async Task<RunningPipeline> StartAsync(
        string folder, Func<PipelineSettings, PipelineSettings> change, bool keepFolder, params string[] analysis)
    {
        var pipeline = new RunningPipeline(change(ServeVerb.Settings(folder, analysis)), keepFolder, TimeProvider.System);
        await pipeline.host.StartAsync(TestContext.Current.CancellationToken);
        return pipeline;
    }

    /// <summary>On the clock of a site, which need not be that of this machine.</summary>
    public static async Task<RunningPipeline> StartAtSiteAsync(TimeZoneInfo zone)
    {
        var pipeline = new RunningPipeline(ServeVerb.Settings(NewFolder(), []), keepFolder: false, new SiteClock(zone));
        await pipeline.host.StartAsync(TestContext.Current.CancellationToken);
        return pipeline;
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Sends slices over one association, which is then closed.</summary>
    public async Task SendAsync(SyntheticStudy study, params int[] slices)
    {
        var association = await OpenAssociationAsync();
        foreach (var slice in slices)
        {
            await SendAsync(study.Slice(slice), association);
        }

        await Get<StudyRegister>().AssociationClosedAsync(association, "released", CancellationToken.None);
    }

    public Task<StoreOutcome> SendAsync(DicomDataset dataset, string association) =>
        SyntheticStudy.SendAsync(Get<InstanceArchive>(), dataset, association);

    public async Task<string> OpenAssociationAsync()
    {
        var id = Guid.NewGuid().ToString("N");
        await Get<StudyRegister>().AssociationOpenedAsync(id, "SCANNER", "CLINIC", "127.0.0.1", CancellationToken.None);
        return id;
    }

    /// <summary>Waits, woken by each change, until something is true; fails after a minute.</summary>
    public async Task<T> UntilAsync<T>(Func<ClinicDb, Task<T?>> look)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var changes = Get<ChangeFeed>().ListenAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        try
        {
            do
            {
                await using var db = Get<ClinicDbFactory>().Create();
                if (await look(db) is { } seen)
                {
                    return seen;
                }
            }
            while (await changes.MoveNextAsync());
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail(await DescribeAsync());
        }
        finally
        {
            await changes.DisposeAsync();
        }

        throw new InvalidOperationException("the feed of changes ended");
    }

    /// <summary>The run when it has ended, with evidence and deliveries.</summary>
    public Task<AnalysisRun> EndedRunAsync(string studyUid, int number = 1) => UntilAsync(async db =>
    {
        var runs = await db.Runs.Include(r => r.Evidence).ThenInclude(e => e.Deliveries)
            .Where(r => r.StudyUid == studyUid).OrderBy(r => r.Created).ToListAsync();
        return runs.Count >= number && runs[number - 1].Ended is not null ? runs[number - 1] : null;
    });

    public Task<AnalysisRun> RunningRunAsync(string studyUid) => UntilAsync(
        db => db.Runs.Where(r => r.StudyUid == studyUid && r.State == RunState.Running && r.Progress > 0).FirstOrDefaultAsync());

    public Task StopAsync() => host.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        if (!keepFolder)
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    private async Task<string> DescribeAsync()
    {
        await using var db = Get<ClinicDbFactory>().Create();
        var lines = await db.CustodyEvents.OrderBy(e => e.Id).Select(e => $"{e.Stage}: {e.Text} {e.Cause}").ToListAsync();
        var runs = await db.Runs.Select(r => $"{r.Id} {r.State} {r.Attempts} {r.Progress} {r.Step} {r.Cause}").ToListAsync();
        var studies = await db.Studies.Select(s => $"{s.Uid} {s.Revision}/{s.AssembledRevision} due {s.AssemblyDue} {s.WaitingFor}").ToListAsync();
        return "not seen within a minute; timeline:\n" + string.Join('\n', [.. lines, .. runs, .. studies]);
    }

    private sealed class SiteClock(TimeZoneInfo zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => zone;
    }
}
