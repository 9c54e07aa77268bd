using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ClinicalSuite.TestKit.Network;

/// <summary>A peer that sends exactly what it is told and reads exactly what comes.</summary>
public sealed class RawPeer : IAsyncDisposable
{
    // A reply later than this is a hang, not a slow machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient client;
    private NetworkStream? stream;

    private RawPeer(IPAddress? from) =>
        client = from is null ? new TcpClient { NoDelay = true } : new TcpClient(new IPEndPoint(from, 0)) { NoDelay = true };

    /// <param name="from">The address that it calls from, of 127.0.0.0/8; the usual one when null.</param>
    public static async Task<RawPeer> ConnectAsync(int port, IPAddress? from = null)
    {
        var peer = new RawPeer(from);
        await peer.client.ConnectAsync(IPAddress.Loopback, port);
        peer.stream = peer.client.GetStream();
        return peer;
    }

    public async Task SendAsync(params byte[][] parts)
    {
        foreach (var part in parts)
        {
            await stream!.WriteAsync(part);
        }
    }

    /// <summary>Sends as much as the other side takes before it closes.</summary>
    public async Task TrySendAsync(byte[] bytes)
    {
        try
        {
            await SendAsync(bytes);
        }
        catch (IOException)
        {
        }
    }

    public void EndSending() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>One PDU with its header; empty at the end of the stream.</summary>
    public async Task<byte[]> ReadPduAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var header = new byte[6];
        if (await stream!.ReadAtLeastAsync(header, 6, throwOnEndOfStream: false, limit.Token) < 6)
        {
            return [];
        }
        var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2))];
        await stream!.ReadExactlyAsync(body, limit.Token);
        return [.. header, .. body];
    }

    /// <summary>Everything until the other side closes; a reset counts as a close.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var all = new MemoryStream();
        try
        {
            await stream!.CopyToAsync(all, limit.Token);
        }
        catch (IOException)
        {
        }
        return all.ToArray();
    }

    /// <summary>Reads on; true once the other side has closed, false when it does not in time.</summary>
    public async Task<bool> IsClosedAsync()
    {
        try
        {
            await ReadToEndAsync();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
