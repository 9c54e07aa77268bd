using ClinicalSuite.Dicom;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Pipeline;

public sealed class AssemblyTests
{
    [Fact]
    public async Task A_study_is_complete_when_its_sender_has_gone_and_no_slice_is_missing()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { QuietTime = TimeSpan.FromHours(1) }, keepFolder: false);
        var study = new SyntheticStudy("1.2.3");

        await pipeline.SendAsync(study, 0, 1, 2, 3, 4);

        var run = await pipeline.EndedRunAsync(study.Uid);
        Assert.Equal(RunState.Done, run.State);
        Assert.Contains("seg-parts", run.Evidence.Select(e => Path.GetFileNameWithoutExtension(e.FileName)), StringComparer.Ordinal);
        var lines = await pipeline.Get<CustodyTimeline>().OfStudyAsync(study.Uid, 100, CancellationToken.None);
        Assert.Contains(lines, line => line.Text == "First image received from SCANNER.");
        Assert.Contains(lines, line => line.Text == "Complete: 5 images in 1 series.");
    }

    [Fact]
    public async Task While_the_sender_is_connected_the_study_waits()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { QuietTime = TimeSpan.FromHours(1) }, keepFolder: false);
        var study = new SyntheticStudy("1.2.3");
        var association = await pipeline.OpenAssociationAsync();
        for (var n = 0; n < 5; n++)
        {
            await pipeline.SendAsync(study.Slice(n), association);
        }

        await pipeline.UntilAsync(db => db.Studies.FirstOrDefaultAsync(
            s => s.InstanceCount == 5 && s.WaitingFor == "its sender, which is still connected"));
        await using (var db = pipeline.Get<ClinicDbFactory>().Create())
        {
            Assert.Empty(await db.Runs.ToListAsync(TestContext.Current.CancellationToken));
        }

        await pipeline.Get<StudyRegister>().AssociationClosedAsync(association, "released", CancellationToken.None);
        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(study.Uid)).State);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("aborted")]
    public async Task A_sender_whose_connection_broke_off_is_awaited_even_if_no_slice_seems_to_be_missing(string ending)
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { QuietTime = TimeSpan.FromHours(1) }, keepFolder: false);
        var study = new SyntheticStudy("1.2.3");
        var association = await pipeline.OpenAssociationAsync();
        for (var n = 0; n < 4; n++)
        {
            await pipeline.SendAsync(study.Slice(n), association);
        }

        await pipeline.Get<StudyRegister>().AssociationClosedAsync(association, ending, CancellationToken.None);
        await pipeline.UntilAsync(db => db.Studies.FirstOrDefaultAsync(
            s => s.InstanceCount == 4 && s.WaitingFor == "its sender, whose connection broke off"));

        await pipeline.SendAsync(study, 3, 4, 5);

        var run = await pipeline.EndedRunAsync(study.Uid);
        Assert.Equal((RunState.Done, 6), (run.State, run.Inputs.Single().InstanceIds.Count));
    }

    [Fact]
    public async Task A_gap_waits_for_the_slice_and_runs_as_soon_as_it_comes()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            RunningPipeline.NewFolder(), s => s with { QuietTime = TimeSpan.FromHours(1) }, keepFolder: false);
        var study = new SyntheticStudy("1.2.3");
        await pipeline.SendAsync(study, 0, 1, 2, 4, 5);
        await pipeline.UntilAsync(db => db.Studies.FirstOrDefaultAsync(
            s => s.WaitingFor == "slices of series 3 that seem to be missing"));

        await pipeline.SendAsync(study, 3);

        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(study.Uid)).State);
    }

    [Fact]
    public async Task A_gap_that_stays_is_refused_by_name_after_the_quiet_time()
    {
        await using var pipeline = await RunningPipeline.StartAsync();
        var study = new SyntheticStudy("1.2.3");

        await pipeline.SendAsync(study, 0, 1, 2, 4, 5);

        var run = await pipeline.EndedRunAsync(study.Uid);
        Assert.Equal((RunState.Refused, "SLICE-GAP"), (run.State, run.Reason));
        Assert.Equal(1, run.Attempts);
    }

    [Fact]
    public async Task A_late_slice_makes_a_new_version_that_supersedes_the_first()
    {
        await using var pipeline = await RunningPipeline.StartAsync();
        var study = new SyntheticStudy("1.2.3");
        await pipeline.SendAsync(study, 0, 1, 2, 3);
        var first = await pipeline.EndedRunAsync(study.Uid);

        await pipeline.SendAsync(study, 4);

        var second = await pipeline.EndedRunAsync(study.Uid, 2);
        Assert.Equal((RunState.Done, first.Id), (second.State, second.SupersedesRunId));
        Assert.Equal(second.Id, (await pipeline.EndedRunAsync(study.Uid)).SupersededByRunId);
        var report = Assert.Single(second.Evidence, e => e.Kind == EvidenceKind.StructuredReport);
        var predecessor = DicomFile.Open(pipeline.Folder.Absolute(report.Path)).Dataset
            .GetSequence(DicomTag.PredecessorDocumentsSequence);
        Assert.Single(predecessor);
    }

    [Fact]
    public async Task The_same_images_again_start_nothing()
    {
        await using var pipeline = await RunningPipeline.StartAsync();
        var study = new SyntheticStudy("1.2.3");
        await pipeline.SendAsync(study, 0, 1, 2, 3);
        await pipeline.EndedRunAsync(study.Uid);

        await pipeline.SendAsync(study, 0, 1, 2, 3);
        var another = new SyntheticStudy("1.2.4");
        await pipeline.SendAsync(another, 0, 1, 2, 3);
        await pipeline.EndedRunAsync(another.Uid);

        await using var db = pipeline.Get<ClinicDbFactory>().Create();
        Assert.Equal(2, await db.Runs.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(4, (await db.Studies.SingleAsync(s => s.Uid == study.Uid, TestContext.Current.CancellationToken)).InstanceCount);
    }

    [Fact]
    public async Task Results_that_come_back_from_the_pacs_start_nothing()
    {
        await using var pipeline = await RunningPipeline.StartAsync();
        var study = new SyntheticStudy("1.2.3");
        await pipeline.SendAsync(study, 0, 1, 2, 3);
        var run = await pipeline.EndedRunAsync(study.Uid);
        var association = await pipeline.OpenAssociationAsync();
        foreach (var evidence in run.Evidence.Where(e => e.SopInstanceUid.Length > 0))
        {
            await pipeline.SendAsync(DicomFile.Open(pipeline.Folder.Absolute(evidence.Path)).Dataset, association);
        }

        await pipeline.Get<StudyRegister>().AssociationClosedAsync(association, "released", CancellationToken.None);
        var another = new SyntheticStudy("1.2.4");
        await pipeline.SendAsync(another, 0, 1, 2, 3);
        await pipeline.EndedRunAsync(another.Uid);

        await using var db = pipeline.Get<ClinicDbFactory>().Create();
        Assert.Single(await db.Runs.Where(r => r.StudyUid == study.Uid).ToListAsync(TestContext.Current.CancellationToken));
        Assert.True(await db.Instances.AnyAsync(i => i.IsOwnResult, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_journalled_but_not_registered_is_registered_at_the_next_start()
    {
        var folder = RunningPipeline.NewFolder();
        var store = new StoreFolder(folder);
        store.Prepare();
        var study = new SyntheticStudy("1.2.3");
        await using (var journal = new IngestJournal(store.JournalDatabase))
        {
            var archive = new InstanceArchive(store, journal, new DiskSpace(store, DiskWatermarks.None), TimeProvider.System);
            for (var n = 0; n < 5; n++)
            {
                Assert.IsType<StoreOutcome.Stored>(await SyntheticStudy.SendAsync(archive, study.Slice(n), "gone"));
            }
        }

        await using var pipeline = await RunningPipeline.StartAsync(folder, s => s, keepFolder: false);

        Assert.Equal(RunState.Done, (await pipeline.EndedRunAsync(study.Uid)).State);
    }

    [Fact]
    public async Task A_study_without_a_patient_holds_its_report_for_the_ris_and_a_study_with_two_does_too()
    {
        await using var pipeline = await RunningPipeline.StartAsync();
        var nameless = new SyntheticStudy("1.2.3", PatientId: "");
        await pipeline.SendAsync(nameless, 0, 1, 2, 3);
        var mixed = new SyntheticStudy("1.2.4");
        await pipeline.SendAsync(mixed, 0, 1);
        await pipeline.SendAsync(mixed with { PatientId = "P2" }, 2, 3);

        foreach (var study in new[] { nameless, mixed })
        {
            var run = await pipeline.EndedRunAsync(study.Uid);
            Assert.All(
                run.Evidence.SelectMany(e => e.Deliveries),
                d => Assert.Equal(d.Kind == DeliveryKind.Oru ? DeliveryState.Held : DeliveryState.Queued, d.State));
        }

        await using var db = pipeline.Get<ClinicDbFactory>().Create();
        var trust = await db.Studies.OrderBy(s => s.Uid).Select(s => s.IdentityTrust).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([IdentityTrust.Unidentified, IdentityTrust.Contradictory], trust);
    }
}
