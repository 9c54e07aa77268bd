using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Hl7.Mllp;
using ClinicalSuite.Pipeline;

namespace ClinicalSuite.Appliance.Tests.Delivery;

/// <summary>A RIS that answers as it is told.</summary>
internal sealed class TestRis : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;

    public TestRis()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public MllpDestination Destination => new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

    public ConcurrentQueue<string> Received { get; } = [];

    public Func<Acknowledgement> Answer { get; set; } = () => Acknowledgement.Accept;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await serving;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopping.Token);
                await using var stream = client.GetStream();
                await new MllpConnection(new Duplex(stream), HandleAsync, MllpLimits.Default, TimeProvider.System)
                    .RunAsync(stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private ValueTask<Acknowledgement> HandleAsync(ReceivedMessage received, CancellationToken cancellation)
    {
        Received.Enqueue(received.Message.ControlId);
        return ValueTask.FromResult(Answer());
    }

    private sealed class Duplex(NetworkStream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream);

        public PipeWriter Output { get; } = PipeWriter.Create(stream);
    }
}
