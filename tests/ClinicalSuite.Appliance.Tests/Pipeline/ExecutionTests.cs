using System.Diagnostics;
using ClinicalSuite.Dicom;
using ClinicalSuite.Store;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Pipeline;

public sealed class ExecutionTests
{
    private static readonly SyntheticStudy Study = new("1.2.3");

    [Fact]
    public async Task Results_and_deliveries_are_recorded_once_and_lie_where_the_database_says()
    {
        await using var pipeline = await RunningPipeline.StartAsync();
        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        var run = await pipeline.EndedRunAsync(Study.Uid);

        Assert.Equal((RunState.Done, 1, 1.0), (run.State, run.Attempts, run.Progress));
        Assert.NotEmpty(run.Evidence);
        foreach (var evidence in run.Evidence)
        {
            var bytes = await File.ReadAllBytesAsync(pipeline.Folder.Absolute(evidence.Path), TestContext.Current.CancellationToken);
            Assert.Equal(evidence.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
            var expected = evidence.SopInstanceUid.Length > 0 ? "PACS@127.0.0.1:104" : "127.0.0.1:2575";
            Assert.All(evidence.Deliveries, d => Assert.Equal((expected, DeliveryState.Queued), (d.Destination, d.State)));
            Assert.True(evidence.Deliveries.Count == 1 || evidence.Kind is EvidenceKind.Pdf or EvidenceKind.Findings);
        }
    }

    [Fact]
    public async Task Results_state_the_time_of_the_run_on_the_clock_of_the_site()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("site", TimeSpan.FromMinutes(345), "site", "site");
        await using var pipeline = await RunningPipeline.StartAtSiteAsync(zone);
        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        var run = await pipeline.EndedRunAsync(Study.Uid);

        var local = run.Created.AddMinutes(345);
        var report = DicomFile.Open(pipeline.Folder.Absolute(
            run.Evidence.Single(evidence => evidence.Kind == EvidenceKind.StructuredReport).Path)).Dataset;
        Assert.Equal(
            $"{local:yyyyMMdd} {local:HHmmss}",
            $"{report.GetString(DicomTag.ContentDate)} {report.GetString(DicomTag.ContentTime)}");
        Assert.False(report.Contains(DicomTag.TimezoneOffsetFromUTC));
        var message = await File.ReadAllTextAsync(pipeline.Folder.Absolute(
            run.Evidence.Single(evidence => evidence.Path.EndsWith(".hl7", StringComparison.Ordinal)).Path),
            TestContext.Current.CancellationToken);
        Assert.Contains($"|{local:yyyyMMddHHmmss}+0545|", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_analysis_cannot_assess_is_a_result_with_reason_and_cause()
    {
        await using var pipeline = await RunningPipeline.StartAsync("then=decline");
        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        var run = await pipeline.EndedRunAsync(Study.Uid);

        Assert.Equal((RunState.NotAssessable, "NO-CONTRAST", "as asked", 1), (run.State, run.Reason, run.Cause, run.Attempts));
    }

    [Fact]
    public async Task A_crashing_analysis_is_poisoned_after_three_attempts_and_the_pipeline_goes_on()
    {
        await using var pipeline = await RunningPipeline.StartAsync("then=crash");
        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        var run = await pipeline.EndedRunAsync(Study.Uid);

        Assert.Equal((RunState.Poisoned, 3, "ATTEMPTS-USED-UP"), (run.State, run.Attempts, run.Reason));
        Assert.StartsWith("it was ended by signal 6", run.Cause, StringComparison.Ordinal);
        Assert.Empty(run.Evidence);
        var other = new SyntheticStudy("1.2.4");
        await pipeline.SendAsync(other, 0, 1, 2, 3);
        Assert.Equal(RunState.Poisoned, (await pipeline.EndedRunAsync(other.Uid)).State);
    }

    [Fact]
    public async Task An_analysis_that_eats_memory_is_ended_by_its_limit()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { MostAttempts = 1, RunMemoryBytes = 500 << 20 }, keepFolder: false, "then=eat");
        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        var run = await pipeline.EndedRunAsync(Study.Uid);

        Assert.Equal((RunState.Poisoned, "it ran out of the memory that one run may take"), (run.State, run.Cause));
    }

    [Fact]
    public async Task An_analysis_that_hangs_is_ended_by_the_clock()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { MostAttempts = 1, RunTimeLimit = TimeSpan.FromSeconds(2) }, keepFolder: false,
            "then=hang");
        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        var run = await pipeline.EndedRunAsync(Study.Uid);

        Assert.Equal((RunState.Poisoned, "not done within 0.03 min"), (run.State, run.Cause));
        Assert.Empty(Children(pipeline));
    }

    [Fact]
    public async Task A_cancelled_run_ends_with_its_process()
    {
        await using var pipeline = await RunningPipeline.StartAsync("steps=1000", "stepMs=50");
        await pipeline.SendAsync(Study, 0, 1, 2, 3);
        var running = await pipeline.RunningRunAsync(Study.Uid);
        Assert.NotEmpty(Children(pipeline));

        Assert.True(await pipeline.Get<RunLedger>().RequestCancelAsync(running.StudyUid, running.Id, CancellationToken.None));

        var run = await pipeline.EndedRunAsync(Study.Uid);
        Assert.Equal(RunState.Cancelled, run.State);
        Assert.Empty(Children(pipeline));
        Assert.Empty(run.Evidence);
    }

    [Fact]
    public async Task A_clean_stop_ends_the_process_gives_the_attempt_back_and_the_next_start_goes_on()
    {
        var folder = RunningPipeline.NewFolder();
        string id;
        await using (var pipeline = await RunningPipeline.StartAsync(folder, s => s, keepFolder: true, "steps=1000", "stepMs=50"))
        {
            await pipeline.SendAsync(Study, 0, 1, 2, 3);
            id = (await pipeline.RunningRunAsync(Study.Uid)).Id;
            var watch = Stopwatch.StartNew();

            await pipeline.StopAsync();

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"the stop took {watch.Elapsed}");
            Assert.Empty(Children(pipeline));
            await using var db = pipeline.Get<ClinicDbFactory>().Create();
            var stopped = await db.Runs.SingleAsync(TestContext.Current.CancellationToken);
            Assert.Equal((RunState.Queued, 0), (stopped.State, stopped.Attempts));
        }

        await using var again = await RunningPipeline.StartAsync(folder, s => s, keepFolder: false, "steps=1");
        var run = await again.EndedRunAsync(Study.Uid);
        Assert.Equal((id, RunState.Done, 1), (run.Id, run.State, run.Attempts));
    }

    /// <summary>Processes that execute orders of this pipeline; one that has ended and is not reaped yet does not count.</summary>
    private static List<int> Children(RunningPipeline pipeline) => ChildProcesses.Of(pipeline.DataFolder);
}
