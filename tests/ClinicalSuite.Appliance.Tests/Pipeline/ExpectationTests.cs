using ClinicalSuite.Store;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Pipeline;

/// <summary>What was announced of a study decides when it is complete, before any time has passed.</summary>
public sealed class ExpectationTests
{
    private static readonly SyntheticStudy Study = new("1.2.3");

    [Fact]
    public async Task All_announced_images_here_start_the_analysis_though_sender_is_connected_and_slices_have_gaps()
    {
        await using var pipeline = await StartAsync();
        await AnnounceAsync(pipeline, AnnouncementState.Completed, 0, 1, 2, 4, 5);
        var association = await pipeline.OpenAssociationAsync();
        foreach (var n in (int[])[0, 1, 2, 4])
        {
            await pipeline.SendAsync(Study.Slice(n), association);
        }

        await pipeline.UntilAsync(db => db.Studies.FirstOrDefaultAsync(
            s => s.InstanceCount == 4 && s.WaitingFor == "1 of 5 images that CT1 announced"));
        await pipeline.SendAsync(Study.Slice(5), association);

        var run = await pipeline.EndedRunAsync(Study.Uid);
        Assert.Equal((RunState.Refused, "SLICE-GAP", 5), (run.State, run.Reason, run.Inputs.Single().InstanceIds.Count));
        Assert.Contains(await TimelineAsync(pipeline), line => line.Cause == "all 5 images that CT1 announced are here");
    }

    [Fact]
    public async Task Missing_images_are_awaited_though_the_sender_has_gone_and_no_slice_is_missing()
    {
        await using var pipeline = await StartAsync();
        await AnnounceAsync(pipeline, AnnouncementState.Completed, 0, 1, 2, 3, 4);
        await pipeline.SendAsync(Study, 0, 1, 2, 3);
        await pipeline.UntilAsync(db => db.Studies.FirstOrDefaultAsync(
            s => s.InstanceCount == 4 && s.WaitingFor == "1 of 5 images that CT1 announced"));

        await pipeline.SendAsync(Study, 4);

        var run = await pipeline.EndedRunAsync(Study.Uid);
        Assert.Equal((RunState.Done, 5), (run.State, run.Inputs.Single().InstanceIds.Count));
    }

    [Fact]
    public async Task A_step_in_progress_is_awaited_and_its_end_starts_the_analysis()
    {
        await using var pipeline = await StartAsync();
        await AnnounceAsync(pipeline, AnnouncementState.InProgress);
        await pipeline.SendAsync(Study, 0, 1, 2, 3);
        await pipeline.UntilAsync(db => db.Studies.FirstOrDefaultAsync(
            s => s.InstanceCount == 4 && s.WaitingFor == "the end of the procedure step of CT1"));

        Assert.True(await pipeline.Get<AnnouncementBook>().ChangeStepAsync(
            "1.2.9", AnnouncementState.Completed, Series(0, 1, 2, 3), [], "ended", CancellationToken.None));

        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(Study.Uid)).State);
    }

    [Fact]
    public async Task Announced_images_that_never_come_are_given_up_after_the_time_of_the_settings_and_told()
    {
        await using var pipeline = await StartAsync(TimeSpan.FromMilliseconds(400));
        await AnnounceAsync(pipeline, AnnouncementState.Completed, 0, 1, 2, 3, 4);

        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(Study.Uid)).State);
        var line = Assert.Single(await TimelineAsync(pipeline), l => l.Severity == CustodySeverity.Warning);
        Assert.Equal("1 of 5 images that CT1 announced have not come.", line.Text);
    }

    [Fact]
    public async Task A_discontinued_step_is_not_awaited_beyond_the_quiet_time()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { AnnouncedTime = TimeSpan.FromHours(1) }, keepFolder: false);
        await AnnounceAsync(pipeline, AnnouncementState.Discontinued, 0, 1, 2, 3, 4);

        await pipeline.SendAsync(Study, 0, 1, 2, 3);

        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(Study.Uid)).State);
        Assert.Contains(await TimelineAsync(pipeline), line => line.Cause == "the acquisition was discontinued");
    }

    private static Task<RunningPipeline> StartAsync(TimeSpan? announced = null) => RunningPipeline.StartAsync(
        RunningPipeline.NewFolder(),
        s => s with
        {
            QuietTime = announced ?? TimeSpan.FromHours(1),
            AnnouncedTime = announced ?? TimeSpan.FromHours(1),
        },
        keepFolder: false);

    private static async Task AnnounceAsync(RunningPipeline pipeline, AnnouncementState state, params int[] slices) =>
        Assert.True(await pipeline.Get<AnnouncementBook>().AddAsync(
            [new Announcement
            {
                Kind = AnnouncementKind.PerformedStep,
                State = state,
                SopInstanceUid = "1.2.9",
                StudyUid = Study.Uid,
                SenderAeTitle = "CT1",
                Series = Series(slices),
                DataSet = [],
            }],
            "begun",
            CancellationToken.None));

    private static IReadOnlyList<AnnouncedSeries> Series(params int[] slices) => slices.Length == 0 ? []
        : [new(Study.SeriesUid, [.. slices.Select(n => $"{Study.SeriesUid}.{n + 1}")])];

    private static Task<IReadOnlyList<CustodyEvent>> TimelineAsync(RunningPipeline pipeline) =>
        pipeline.Get<CustodyTimeline>().OfStudyAsync(Study.Uid, 100, CancellationToken.None);
}
