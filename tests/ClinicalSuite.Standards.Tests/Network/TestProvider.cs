using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.TestKit.Network;

namespace ClinicalSuite.Standards.Tests.Network;

/// <summary>A storage provider that keeps what it gets in memory, on a real listener.</summary>
internal sealed class TestProvider : IAssociationPolicy, IStoreProvider, IAsyncDisposable
{
    public static readonly AssociationLimits Quick = AssociationLimits.Default with
    {
        Artim = TimeSpan.FromMilliseconds(300),
        Idle = TimeSpan.FromSeconds(2),
        Message = TimeSpan.FromMilliseconds(300),
        Write = TimeSpan.FromMilliseconds(500),
        Close = TimeSpan.FromMilliseconds(300),
    };

    private readonly DicomListener listener;
    private readonly Channel<AssociationReport> reports = Channel.CreateUnbounded<AssociationReport>();

    public TestProvider(AssociationLimits? limits = null, ServiceTable? services = null)
    {
        var provider = new ServiceClassProvider(
            this, this, limits ?? AssociationLimits.Default, TimeProvider.System, services);
        listener = DicomListener.Start(new IPEndPoint(IPAddress.Loopback, 0), provider,
            report => reports.Writer.TryWrite(report));
    }

    public int Port => listener.Port;

    public Func<AssociateRequest, AssociationDecision> Policy { get; set; } =
        _ => new AssociationDecision.Accept(new SupportedServices()
            .With(RawPdu.Verification, RawPdu.ImplicitLittleEndian, RawPdu.ExplicitLittleEndian)
            .WithStorage([RawPdu.ExplicitLittleEndian, RawPdu.ImplicitLittleEndian], withPrivateClasses: false));

    public ConcurrentQueue<(StoreRequest Request, byte[] DataSet)> Stored { get; } = [];

    public Task<AssociationReport> NextReportAsync() =>
        reports.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer) => Policy(request);

    public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await request.DataSet.CopyToAsync(bytes, cancellation);
        Stored.Enqueue((request, bytes.ToArray()));
        return DimseStatus.Success;
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
