using System.Collections.Concurrent;
using System.Net;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.Pipeline;

namespace ClinicalSuite.Appliance.Tests.Delivery;

/// <summary>A PACS that answers as it is told.</summary>
internal sealed class TestPacs : IAssociationPolicy, IStoreProvider, IAsyncDisposable
{
    private readonly DicomListener listener;
    private int associations;

    public TestPacs(int port = 0) => listener = DicomListener.Start(new IPEndPoint(IPAddress.Loopback, port),
        new ServiceClassProvider(this, this, AssociationLimits.Default, TimeProvider.System));

    public DicomDestination Destination => new("PACS", "127.0.0.1", listener.Port);

    public int Associations => associations;

    public ConcurrentQueue<string> Received { get; } = [];

    public Func<AssociationDecision> Policy { get; set; } = () => new AssociationDecision.Accept(
        new SupportedServices().WithStorage(
            [DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian], withPrivateClasses: false));

    public Func<StoreRequest, Task<DimseStatus>> Answer { get; set; } = _ => Task.FromResult(DimseStatus.Success);

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

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
