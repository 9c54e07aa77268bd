using System.Net;
using System.Net.Sockets;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// A listener of its own for programs without a host (command line, simulator, tests); the appliance listens by
/// Kestrel.
/// </summary>
public sealed class DicomListener : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly ServiceClassProvider provider;
    private readonly CancellationTokenSource closing = new();
    private readonly HashSet<Task> running = [];
    private readonly Task accepting;
    private readonly Action<AssociationReport> report;

    private DicomListener(Socket socket, ServiceClassProvider provider, Action<AssociationReport> report)
    {
        this.socket = socket;
        this.provider = provider;
        this.report = report;
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <param name="endPoint">Port 0 takes a free one.</param>
    /// <param name="report">Hears how each association ended.</param>
    public static DicomListener Start(
        IPEndPoint endPoint, ServiceClassProvider provider, Action<AssociationReport>? report = null)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        socket.Listen();
        return new(socket, provider, report ?? (_ => { }));
    }

    /// <summary>
    /// Ends all associations by A-ABORT and waits for them; what failed inside any of them is thrown here.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        await accepting.ConfigureAwait(false);
        Task[] left;
        lock (running)
        {
            left = [.. running];
        }
        closing.Dispose();
        await Task.WhenAll(left).ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            Socket connection;
            try
            {
                connection = await socket.AcceptAsync(closing.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (closing.IsCancellationRequested)
                {
                    return;
                }
                continue; // the peer was gone before it was accepted
            }
            var serving = ServeAsync(connection);
            lock (running)
            {
                running.RemoveWhere(task => task.IsCompletedSuccessfully);
                running.Add(serving);
            }
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        await Task.Yield();
        connection.NoDelay = true;
        var peer = new AssociationPeer((connection.RemoteEndPoint as IPEndPoint)?.Address);
        await using var transport = new StreamTransport(new NetworkStream(connection, ownsSocket: true));
        report(await provider.RunAsync(transport, peer, closing.Token).ConfigureAwait(false));
    }
}
