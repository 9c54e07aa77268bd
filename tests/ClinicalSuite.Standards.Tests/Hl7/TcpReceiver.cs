using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Hl7.Mllp;

namespace ClinicalSuite.Standards.Tests.Hl7;

/// <summary>A listener on a port of its own that serves each connection by a function of the test.</summary>
internal sealed class TcpReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public TcpReceiver(Func<NetworkStream, CancellationToken, Task> serve)
    {
        listener.Start();
        accepting = AcceptAsync(serve);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Our own receiver on each connection; what ends are collected.</summary>
    public static TcpReceiver Mllp(
        MllpHandler handler, List<MllpEnd> ends, MllpLimits? limits = null, TimeProvider? time = null) =>
        new(async (stream, cancellation) =>
        {
            var pipe = new StreamPipe(PipeReader.Create(stream), PipeWriter.Create(stream));
            var end = await new MllpConnection(pipe, handler, limits ?? MllpLimits.Default, time ?? TimeProvider.System)
                .RunAsync(cancellation);
            lock (ends)
            {
                ends.Add(end);
            }
        });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        // The accept ends by its token first: a listener that is stopped under it ends it with a SocketException instead.
        await accepting;
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> serve)
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                served.Add(ServeAsync(client, serve));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream(), stop.Token);
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }

    private sealed record StreamPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
