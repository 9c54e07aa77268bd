using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Hl7.Mllp;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A receiver of HL7 messages with a port of its own, for programs without a host.</summary>
internal sealed class MllpListener : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly MllpHandler handler;
    private readonly MllpLimits limits;
    private readonly CancellationTokenSource closing = new();
    private readonly HashSet<Task> running = [];
    private readonly Task accepting;

    private MllpListener(TcpListener listener, MllpHandler handler, MllpLimits limits)
    {
        this.listener = listener;
        this.handler = handler;
        this.limits = limits;
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="endPoint">Port 0 takes a free one.</param>
    public static MllpListener Start(IPEndPoint endPoint, MllpHandler handler, MllpLimits limits)
    {
        var listener = new TcpListener(endPoint);
        listener.Start();
        return new MllpListener(listener, handler, limits);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        await accepting;
        Task[] left;
        lock (running)
        {
            left = [.. running];
        }

        await Task.WhenAll(left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(closing.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }

            lock (running)
            {
                running.RemoveWhere(task => task.IsCompleted);
                running.Add(ServeAsync(client));
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        using (client)
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var transport = new Transport(PipeReader.Create(stream), PipeWriter.Create(stream));
            await new MllpConnection(transport, handler, limits, TimeProvider.System).RunAsync(closing.Token);
        }
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
