using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ClinicalSuite.TestKit.Network;

/// <summary>A peer that sends exactly what it is told and reads exactly what comes.</summary>
public sealed class RawPeer : IAsyncDisposable
{
    // A reply later than this is a hang, not a slow machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient client = new() { NoDelay = true };
    private NetworkStream? stream;

    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var peer = new RawPeer();
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

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
