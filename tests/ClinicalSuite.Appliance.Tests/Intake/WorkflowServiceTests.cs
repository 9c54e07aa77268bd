using System.Net;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.Dicom.Network.StorageCommitment;
using ClinicalSuite.Dicom.Network.Workflow;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Intake;

/// <summary>Storage commitment, performed procedure steps and availability notifications on the real port.</summary>
public sealed class WorkflowServiceTests
{
    private const string Step = DicomUID.ModalityPerformedProcedureStep;
    private const string Notice = DicomUID.InstanceAvailabilityNotification;

    [Fact]
    public async Task Commitment_is_given_only_for_what_is_here_as_it_was_acknowledged()
    {
        await using var requestor = new Requestor();
        await using var host = await IntakeHost.StartAsync(IntakeHost.Settings with { Workflow = requestor.Known() });
        await host.SendAsync(host.WriteImage("1.2.3.1.1"), host.WriteImage("1.2.3.1.2", 1), host.WriteImage("1.2.3.1.3", 2));
        File.Delete(Path.Combine(host.Data, host.Journal[1].Path));
        await using (var damaged = File.OpenWrite(Path.Combine(host.Data, host.Journal[2].Path)))
        {
            damaged.Position = 400;
            damaged.WriteByte(0xEE);
        }

        var status = await AskAsync(host, new("1.2.9.1",
        [
            new(RawPdu.CtImage, "1.2.3.1.1"), new(RawPdu.CtImage, "1.2.3.1.2"), new(RawPdu.CtImage, "1.2.3.1.3"),
            new(RawPdu.CtImage, "1.2.3.1.4"), new(DicomUID.MRImageStorage, "1.2.3.1.1"),
        ]));

        Assert.True(status.IsSuccess);
        var report = await requestor.NextAsync();
        Assert.Equal("1.2.9.1", report.TransactionUid);
        Assert.Equal([new SopReference(RawPdu.CtImage, "1.2.3.1.1")], report.Committed);
        Assert.Equal([0x0110, 0x0110, 0x0112, 0x0119], report.Failed.Select(failure => (int)failure.Reason));
    }

    [Fact]
    public async Task Report_is_repeated_until_the_requestor_takes_it()
    {
        await using var requestor = new Requestor { Refusals = 2 };
        await using var host = await IntakeHost.StartAsync(IntakeHost.Settings with { Workflow = requestor.Known() });
        await host.SendAsync(host.WriteImage("1.2.3.1.1"));

        await AskAsync(host, new("1.2.9.1", [new(RawPdu.CtImage, "1.2.3.1.1")]));

        Assert.Empty((await requestor.NextAsync()).Failed);
        Assert.Equal(3, requestor.Calls);
    }

    [Fact]
    public async Task The_same_request_again_is_answered_again_and_another_one_under_its_uid_fails()
    {
        await using var requestor = new Requestor();
        await using var host = await IntakeHost.StartAsync(IntakeHost.Settings with { Workflow = requestor.Known() });
        await host.SendAsync(host.WriteImage("1.2.3.1.1"), host.WriteImage("1.2.3.1.2", 1));
        var first = new CommitmentRequest("1.2.9.1", [new(RawPdu.CtImage, "1.2.3.1.1")]);

        await AskAsync(host, first);
        await AskAsync(host, first);
        await AskAsync(host, first with { References = [new(RawPdu.CtImage, "1.2.3.1.2")] });

        CommitmentReport[] reports = [await requestor.NextAsync(), await requestor.NextAsync(), await requestor.NextAsync()];
        Assert.Equal(2, reports.Count(report => report.EventType == 1));
        Assert.Equal(0x0131, (int)Assert.Single(reports, report => report.EventType == 2).Failed.Single().Reason);
    }

    [Theory]
    [InlineData(2, DicomUID.StorageCommitmentPushModelInstance, 0x0123)]
    [InlineData(1, "1.2.3", 0x0112)]
    public async Task Requests_that_make_no_sense_are_refused(int action, string instance, int status)
    {
        await using var host = await IntakeHost.StartAsync();
        await using var client = await host.OpenAsync(Contexts(CommitmentService.SopClass));
        var request = new CommitmentRequest("1.2.9.1", [new(RawPdu.CtImage, "1.2.3.1.1")]).ToDataset();

        var answer = await client.RequestAsync(
            new(CommandField.NActionRequest, CommitmentService.SopClass, instance, request, (ushort)action));

        Assert.Equal(status, StatusOf(answer));
        Assert.Equal(0x0115, StatusOf(await client.RequestAsync(new(CommandField.NActionRequest, CommitmentService.SopClass,
            DicomUID.StorageCommitmentPushModelInstance, new DicomDataset().AddOrUpdate(DicomTag.TransactionUID, "1.2"), 1))));
    }

    [Fact]
    public async Task A_destination_that_is_not_on_the_allow_list_may_report_and_nothing_else()
    {
        await using var host = await IntakeHost.StartAsync(IntakeHost.Settings with { Reporters = [new("PACS", "127.0.0.1")] });
        await using var client = await host.OpenAsync(
            [.. Contexts(CommitmentService.SopClass), new(3, RawPdu.CtImage, [DicomUID.ExplicitVRLittleEndian])], "PACS");

        Assert.Equal([CommitmentService.SopClass], client.Contexts.Select(context => context.AbstractSyntax));
        var report = new CommitmentReport("1.2.3", [new(RawPdu.CtImage, "1.2.3.1.1")], []);
        Assert.Equal(0x0110, StatusOf(await client.RequestAsync(new(CommandField.EventReportRequest,
            CommitmentService.SopClass, DicomUID.StorageCommitmentPushModelInstance, report.ToDataset(), 1))));
    }

    [Fact]
    public async Task A_performed_step_goes_from_in_progress_to_its_end_and_no_further()
    {
        await using var host = await IntakeHost.StartAsync();
        await using var client = await host.OpenAsync(Contexts(Step));

        Assert.Equal(0x0112, StatusOf(await client.RequestAsync(new(CommandField.NSetRequest, Step, "1.2.7", Ended("COMPLETED")))));
        Assert.Equal(0x0106, StatusOf(await client.RequestAsync(new(CommandField.NCreateRequest, Step, "1.2.7",
            Begun().AddOrUpdate(DicomTag.PerformedProcedureStepStatus, "COMPLETED")))));
        Assert.Equal(0x0120, StatusOf(await client.RequestAsync(new(CommandField.NCreateRequest, Step, "1.2.7",
            Begun().Remove(DicomTag.ScheduledStepAttributesSequence)))));
        Assert.Equal(0, StatusOf(await client.RequestAsync(new(CommandField.NCreateRequest, Step, "1.2.7", Begun()))));
        Assert.Equal(0x0111, StatusOf(await client.RequestAsync(new(CommandField.NCreateRequest, Step, "1.2.7", Begun()))));
        Assert.Equal(0x0106, StatusOf(await client.RequestAsync(new(CommandField.NSetRequest, Step, "1.2.7", Ended("PAUSED")))));
        Assert.Equal(0x0107, StatusOf(await client.RequestAsync(new(CommandField.NSetRequest, Step, "1.2.7",
            new DicomDataset().AddOrUpdate(DicomTag.PatientID, "OTHER")))));
        Assert.Equal(0, StatusOf(await client.RequestAsync(new(CommandField.NSetRequest, Step, "1.2.7", Ended("COMPLETED")))));
        var last = await client.RequestAsync(new(CommandField.NSetRequest, Step, "1.2.7", Ended("DISCONTINUED")));
        Assert.Equal(0x0110, StatusOf(last));

        var kept = Assert.Single(await host.Get<AnnouncementBook>().StepAsync("1.2.7", CancellationToken.None));
        Assert.Equal((AnnouncementState.Completed, "1.2.3", IntakeHost.Modality), (kept.State, kept.StudyUid, kept.SenderAeTitle));
        Assert.Equal(["1.2.3.1.1", "1.2.3.1.2"], Assert.Single(kept.Series).Instances);
        var attributes = DicomFile.ReadDataset(kept.DataSet, DicomTransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("P1", attributes.GetString(DicomTag.PatientID));
    }

    [Fact]
    public async Task A_step_without_a_uid_gets_one()
    {
        await using var host = await IntakeHost.StartAsync();
        await using var client = await host.OpenAsync(Contexts(Step));

        var answer = Assert.IsType<SendOutcome.Answered>(
            await client.RequestAsync(new(CommandField.NCreateRequest, Step, null, Begun())));

        var uid = answer.Reply!.Command.AffectedSopInstanceUid;
        Assert.True(DicomUID.IsValid(uid));
        Assert.Single(await host.Get<AnnouncementBook>().StepAsync(uid, CancellationToken.None));
    }

    [Fact]
    public async Task An_availability_notification_is_kept_once()
    {
        await using var host = await IntakeHost.StartAsync();
        await using var client = await host.OpenAsync(Contexts(Notice));
        var notice = new AvailabilityNotice("1.2.3", [new("1.2.3.1", [new(RawPdu.CtImage, "1.2.3.1.1")])], "ARCHIVE").ToDataset();

        Assert.Equal(0, StatusOf(await client.RequestAsync(new(CommandField.NCreateRequest, Notice, "1.2.8", notice))));
        Assert.Equal(0x0111, StatusOf(await client.RequestAsync(new(CommandField.NCreateRequest, Notice, "1.2.8", notice))));
        Assert.Equal(0x0120, StatusOf(await client.RequestAsync(new(CommandField.NCreateRequest, Notice, "1.2.9", new DicomDataset()))));
    }

    private static DicomDataset Begun() => new DicomDataset()
        .AddOrUpdate(DicomTag.ScheduledStepAttributesSequence, new DicomDataset().AddOrUpdate(DicomTag.StudyInstanceUID, "1.2.3"))
        .AddOrUpdate(DicomTag.PatientID, "P1")
        .AddOrUpdate(DicomTag.Modality, "CT")
        .AddOrUpdate(DicomTag.PerformedStationAETitle, IntakeHost.Modality)
        .AddOrUpdate(DicomTag.PerformedProcedureStepStatus, "IN PROGRESS");

    private static DicomDataset Ended(string status) => new DicomDataset()
        .AddOrUpdate(DicomTag.PerformedProcedureStepStatus, status)
        .AddOrUpdate(DicomTag.PerformedSeriesSequence, new DicomDataset()
            .AddOrUpdate(DicomTag.SeriesInstanceUID, "1.2.3.1")
            .AddOrUpdate(DicomTag.ReferencedImageSequence,
                new SopReference(RawPdu.CtImage, "1.2.3.1.1").ToItem(), new SopReference(RawPdu.CtImage, "1.2.3.1.2").ToItem()));

    private static IReadOnlyList<ProposedContext> Contexts(string sopClass) =>
        [new(1, sopClass, [DicomUID.ExplicitVRLittleEndian])];

    private static int StatusOf(SendOutcome outcome) => Assert.IsType<SendOutcome.Answered>(outcome).Status.Code;

    private static async Task<DimseStatus> AskAsync(IntakeHost host, CommitmentRequest request)
    {
        await using var client = await host.OpenAsync(Contexts(CommitmentService.SopClass));
        var answer = await client.RequestAsync(new(CommandField.NActionRequest, CommitmentService.SopClass,
            DicomUID.StorageCommitmentPushModelInstance, request.ToDataset(), CommitmentRequest.ActionType));
        return Assert.IsType<SendOutcome.Answered>(answer).Status;
    }

    /// <summary>Who asked for a commitment, waiting for reports on a port of its own.</summary>
    private sealed class Requestor : IAssociationPolicy, IStoreProvider, IAsyncDisposable
    {
        private readonly System.Threading.Channels.Channel<CommitmentReport> reports =
            System.Threading.Channels.Channel.CreateUnbounded<CommitmentReport>();

        private readonly DicomListener listener;

        public Requestor() => listener = DicomListener.Start(new IPEndPoint(IPAddress.Loopback, 0), new ServiceClassProvider(
            this, this, AssociationLimits.Default, TimeProvider.System,
            new ServiceTable().On(CommandField.EventReportRequest, CommitmentService.SopClass, TakeAsync)));

        /// <summary>So many reports are answered with "out of resources" first.</summary>
        public int Refusals { get; init; }

        public int Calls { get; private set; }

        public WorkflowSettings Known() => new()
        {
            Peers = [new DicomDestination(IntakeHost.Modality, "127.0.0.1", listener.Port)],
            Client = new DicomClientOptions { CallingAeTitle = IntakeHost.Title },
            FirstPause = TimeSpan.FromMilliseconds(20),
        };

        public async Task<CommitmentReport> NextAsync() =>
            await reports.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));

        public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer) => new AssociationDecision.Accept(
            new SupportedServices().With(CommitmentService.SopClass, DicomUID.ExplicitVRLittleEndian)
                .WithRequestorAsProvider(CommitmentService.SopClass));

        public Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation) =>
            Task.FromResult(DimseStatus.UnrecognizedOperation);

        public ValueTask DisposeAsync() => listener.DisposeAsync();

        private Task<DimseResponse> TakeAsync(DimseOperation operation)
        {
            Assert.True(operation.Context.RequestorIsProvider);
            if (++Calls <= Refusals)
            {
                return Task.FromResult(new DimseResponse(DimseStatus.ResourceLimitation("busy")));
            }
            Assert.True(CommitmentReport.TryRead(operation.DataSet!, out var report, out _));
            Assert.Equal(report.EventType, operation.Request.EventTypeId);
            reports.Writer.TryWrite(report);
            return Task.FromResult(DimseResponse.Success);
        }
    }
}
