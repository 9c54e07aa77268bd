using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ClinicalSuite.Hl7.Mllp;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A receiver of HL7 messages with a port of its own, for programs without a host.</summary>
internal sealed class MllpListener : IAsyncDisposable
{
    private static readonly TimeSpan AfterProblem = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5);

    private readonly TcpListener listener;
    private readonly MllpHandler handler;
    private readonly MllpLimits limits;
    private readonly Func<SslServerAuthenticationOptions>? tls;
    private readonly CancellationTokenSource closing = new();
    private readonly HashSet<Task> running = [];
    private readonly Task accepting;

    private MllpListener(TcpListener listener, MllpHandler handler, MllpLimits limits, Func<SslServerAuthenticationOptions>? tls)
    {
        this.tls = tls;
        this.listener = listener;
        this.handler = handler;
        this.limits = limits;
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <param name="endPoint">Port 0 takes a free one.</param>
    /// <param name="tls">Options of each handshake; null listens in the clear.</param>
    public static MllpListener Start(
        IPEndPoint endPoint, MllpHandler handler, MllpLimits limits, Func<SslServerAuthenticationOptions>? tls = null)
    {
        var listener = new TcpListener(endPoint);
        listener.Start();
        return new MllpListener(listener, handler, limits, tls);
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
            catch (SocketException problem)
            {
                // One peer that was gone before it was taken, or no descriptors for now: the next may come.
                Console.Error.WriteLine($"HL7 listener: a connection could not be taken: {problem.SocketErrorCode}");
                await Task.Delay(AfterProblem, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
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
            Stream stream = client.GetStream();
            if (tls is not null && (stream = await SecureAsync(stream)) == Stream.Null)
            {
                return;
            }

            var transport = new Transport(PipeReader.Create(stream), PipeWriter.Create(stream));
            try
            {
                await new MllpConnection(transport, handler, limits, TimeProvider.System).RunAsync(closing.Token);
            }
#pragma warning disable CA1031 // a connection loop: the fault of one connection stays its own, and is told
            catch (Exception fault) when (!closing.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Console.Error.WriteLine($"HL7 listener: a connection ended: {fault.Message}");
            }
        }
    }

    /// <summary>The stream under TLS, or none when the peer does not come to terms in time.</summary>
    private async Task<Stream> SecureAsync(Stream stream)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        limit.CancelAfter(HandshakeLimit);
        var secured = new SslStream(stream);
        try
        {
            await secured.AuthenticateAsServerAsync(tls!(), limit.Token);
            return secured;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or OperationCanceledException)
        {
            await secured.DisposeAsync();
            return Stream.Null;
        }
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
