using System.Collections.Concurrent;
using System.Net;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.Dicom.Network.StorageCommitment;
using ClinicalSuite.Pipeline;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Delivery;

/// <summary>A PACS that answers as it is told.</summary>
internal sealed class TestPacs : IAssociationPolicy, IStoreProvider, IAsyncDisposable
{
    private readonly DicomListener listener;
    private readonly List<Task> reporting = [];
    private int associations;

    public TestPacs(int port = 0) => listener = DicomListener.Start(new IPEndPoint(IPAddress.Loopback, port),
        new ServiceClassProvider(this, this, AssociationLimits.Default, TimeProvider.System, new ServiceTable()
            .On(CommandField.NActionRequest, DicomUID.StorageCommitmentPushModel, CommitAsync)
            .On(CommandField.FindRequest, DicomUID.StudyRootQueryRetrieveInformationModelFind, FindAsync)));

    public DicomDestination Destination => new("PACS", "127.0.0.1", listener.Port);

    public int Associations => associations;

    public ConcurrentQueue<string> Received { get; } = [];

    public Func<AssociationDecision> Policy { get; set; } = () => new AssociationDecision.Accept(
        new SupportedServices().WithStorage(
            [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian], withPrivateClasses: false));

    public Func<StoreRequest, Task<DimseStatus>> Answer { get; set; } = _ => Task.FromResult(DimseStatus.Success);

    /// <summary>Requests for storage commitment in the order in which they came.</summary>
    public ConcurrentQueue<CommitmentRequest> Requests { get; } = [];

    /// <summary>What the PACS says of a request; null: it never says anything.</summary>
    public Func<CommitmentRequest, CommitmentReport?> Commit { get; set; } = _ => null;

    public DimseStatus CommitStatus { get; set; } = DimseStatus.Success;

    /// <summary>Where it reports to, on an association of its own.</summary>
    public DicomPeer? ReportTo { get; set; }

    /// <summary>Answers to its reports.</summary>
    public ConcurrentQueue<SendOutcome> ReportAnswers { get; } = [];

    /// <summary>SOP instances that a query shows.</summary>
    public Func<IEnumerable<string>> Visible { get; set; } = () => [];

    /// <summary>Also offers storage commitment and C-FIND.</summary>
    public void Offer(params string[] sopClasses) => Policy = () =>
    {
        var services = new SupportedServices().WithStorage(
            [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian], withPrivateClasses: false);
        foreach (var sopClass in sopClasses)
        {
            services.With(sopClass, DicomUID.ExplicitVRLittleEndian);
        }
        return new AssociationDecision.Accept(services);
    };

    public static CommitmentReport Keep(CommitmentRequest request) => new(request.TransactionUid, request.References, []);

    public static CommitmentReport Lose(CommitmentRequest request) => new(request.TransactionUid, [],
        [.. request.References.Select(r => new CommitmentFailure(r, CommitmentFailure.NoSuchObject))]);

    /// <summary>Reports on an association of its own.</summary>
    public async Task ReportAsync(CommitmentReport report)
    {
        var opening = await DicomClient.OpenAsync(
            ReportTo!, [new(1, DicomUID.StorageCommitmentPushModel, [DicomUID.ExplicitVRLittleEndian])],
            new DicomClientOptions
            {
                CallingAeTitle = "PACS",
                Roles = [new(DicomUID.StorageCommitmentPushModel, IsUser: false, IsProvider: true)],
            },
            CancellationToken.None);
        await using var client = Assert.IsType<AssociationOpening.Opened>(opening).Client;
        ReportAnswers.Enqueue(await client.RequestAsync(new NServiceRequest(
            CommandField.EventReportRequest, DicomUID.StorageCommitmentPushModel,
            DicomUID.StorageCommitmentPushModelInstance, report.ToDataset(), report.EventType)));
    }

    public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer)
    {
        Interlocked.Increment(ref associations);
        return Policy();
    }

    public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
    {
        await request.DataSet.CopyToAsync(Stream.Null, cancellation);
        Received.Enqueue(request.SopInstanceUid);
        return await Answer(request);
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        await Task.WhenAll(reporting);
    }

    private Task<DimseResponse> CommitAsync(DimseOperation operation)
    {
        Assert.True(CommitmentRequest.TryRead(operation.DataSet!, out var request, out _));
        Assert.Equal(
            (DicomUID.StorageCommitmentPushModelInstance, (ushort?)1),
            (operation.Request.SopInstanceUid, operation.Request.ActionTypeId));
        Requests.Enqueue(request);
        if (CommitStatus.IsSuccess && Commit(request) is { } report)
        {
            reporting.Add(Task.Run(() => ReportAsync(report)));
        }
        return Task.FromResult(new DimseResponse(CommitStatus));
    }

    private async Task<DimseResponse> FindAsync(DimseOperation operation)
    {
        Assert.Equal("IMAGE", operation.DataSet!.GetString(DicomTag.QueryRetrieveLevel));
        foreach (var instance in Visible())
        {
            await operation.RespondAsync(new DimseResponse(DimseStatus.Pending, new DicomDataset()
                .AddOrUpdate(DicomTag.QueryRetrieveLevel, "IMAGE").AddOrUpdate(DicomTag.SOPInstanceUID, instance)));
        }
        return DimseResponse.Success;
    }

    /// <summary>Takes no objects.</summary>
    internal sealed class Nothing : IStoreProvider
    {
        public Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation) =>
            Task.FromResult(DimseStatus.UnrecognizedOperation);
    }
}
