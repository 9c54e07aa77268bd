using System.Net.Sockets;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Hostile;

/// <summary>Peers that hold on to what they got: others are served meanwhile, and every slot comes back.</summary>
public sealed class StubbornPeerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Silent_halting_dripping_and_deaf_peers_hold_up_nobody_and_are_let_go()
    {
        await using var server = await ServedProcess.StartAsync();
        var before = server.Sockets;
        var peers = new List<(string Name, RawPeer Peer, Task Doing)>();
        for (var i = 0; i < 6; i++)
        {
            peers.Add(await StartAsync(server, "silent", _ => Task.CompletedTask));
            peers.Add(await StartAsync(server, "half a request", peer => peer.TrySendAsync(RawPdu.AssociateRequest(ServedProcess.Title)[..60])));
            peers.Add(await StartAsync(server, "half a message", HalfAMessageAsync));
            peers.Add(await StartAsync(server, "dripping request", peer => DripAsync(peer, RawPdu.AssociateRequest(ServedProcess.Title))));
            peers.Add(await StartAsync(server, "deaf", DeafAsync));
        }

        // While they all hold on.
        for (var i = 0; i < 10; i++)
        {
            await server.AssertEchoAsync("stubborn peers came");
        }

        foreach (var (name, peer, doing) in peers)
        {
            await doing;
            Assert.True(await peer.IsClosedAsync(), $"{name}: still open");
            await peer.DisposeAsync();
        }

        await server.AssertEverySlotIsFreeAsync();
        await AssertSocketsAsync(server, before);
        output.WriteLine($"slowest C-ECHO meanwhile {server.SlowestEcho.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task A_data_set_that_drips_is_cut_off_although_each_fragment_is_in_time()
    {
        await using var server = await ServedProcess.StartAsync();
        await using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(RawPdu.AssociateRequest(ServedProcess.Title,
            contexts: RawPdu.Context(1, RawPdu.CtImage, RawPdu.ExplicitLittleEndian)));
        await peer.ReadPduAsync();
        await peer.SendAsync(RawPdu.DataTransfer(1, 3, RawPdu.StoreCommand("1.2.3.4")));
        var drip = DripAsync(peer, [.. Enumerable.Repeat(RawPdu.DataTransfer(1, 0, 0, 0), 1000).SelectMany(pdu => pdu)], pause: 100, piece: 14);
        Assert.Equal(RawPdu.Abort(source: 2), await peer.ReadPduAsync());
        await drip;
        Assert.Contains("slower than", await server.UntilLogAsync("slower than"), StringComparison.Ordinal);
        await server.AssertEchoAsync("the drip");
    }

    [Fact]
    public async Task Two_hundred_associations_of_one_address_leave_the_others_theirs()
    {
        // Long enough that the first are still there when the last come.
        await using var server = await ServedProcess.StartAsync(timer: 10);
        var before = server.Sockets;
        var peers = new List<RawPeer>();
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            var peer = await RawPeer.ConnectAsync(server.Port);
            peers.Add(peer);
            await peer.SendAsync(RawPdu.AssociateRequest(ServedProcess.Title));
            var answer = await peer.ReadPduAsync();
            if (answer is [2, ..])
            {
                accepted++;
            }
            else
            {
                // PS3.8 table 9-21: rejected-transient, by the service provider (presentation), local limit exceeded.
                Assert.Equal(RawPdu.Pdu(3, 0, 2, 3, 2), answer);
                refused++;
            }

            if (i % 20 == 0)
            {
                await server.AssertEchoAsync($"{i} associations of another");
            }
        }

        Assert.True(accepted >= ServedProcess.MostOfOneAddress, $"{accepted} accepted");
        Assert.True(refused > 50, $"{refused} refused");
        foreach (var peer in peers)
        {
            Assert.True(await peer.IsClosedAsync(), "still open");
            await peer.DisposeAsync();
        }

        await server.AssertEverySlotIsFreeAsync();
        await AssertSocketsAsync(server, before);
        output.WriteLine($"{accepted} accepted, {refused} refused; slowest C-ECHO meanwhile {server.SlowestEcho.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task Ten_thousand_associations_leave_neither_handles_nor_memory_behind()
    {
        var count = MalformedCampaign.IsFull ? 10_000 : 1_000;
        await using var server = await ServedProcess.StartAsync();
        await AssociateAsync(server, count / 4);
        var (sockets, memory) = (server.Sockets, server.Memory);
        await AssociateAsync(server, count);
        await AssertSocketsAsync(server, sockets);
        output.WriteLine($"{count} associations: {memory >> 20} MiB before, {server.Memory >> 20} after");
        // The heap breathes by some tens of megabytes; a leak of an association with its pipes would be 100 kB for each.
        Assert.InRange(server.Memory - memory, long.MinValue, 64L << 20);
    }

    private static async Task AssociateAsync(ServedProcess server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await using var peer = await RawPeer.ConnectAsync(server.Port);
            await peer.SendAsync(RawPdu.AssociateRequest(ServedProcess.Title), RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()));
            Assert.True(await peer.ReadPduAsync() is [2, ..], $"association {i} was not accepted");
            Assert.True(await peer.ReadPduAsync() is [4, ..], $"association {i} got no answer");
            if (i % 3 != 0)
            {
                await peer.SendAsync(i % 3 == 1 ? RawPdu.ReleaseRequest : RawPdu.Abort());
                await peer.ReadPduAsync();
            }
        }
    }

    /// <summary>The last ones may still be on their way out.</summary>
    private static async Task AssertSocketsAsync(ServedProcess server, int before)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var i = 0; i < 100 && server.Sockets > before + 3; i++)
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.InRange(server.Sockets, 0, before + 3);
    }

    private static async Task<(string, RawPeer, Task)> StartAsync(ServedProcess server, string name, Func<RawPeer, Task> act)
    {
        var peer = await RawPeer.ConnectAsync(server.Port);
        return (name, peer, act(peer));
    }

    private static async Task HalfAMessageAsync(RawPeer peer)
    {
        await peer.SendAsync(RawPdu.AssociateRequest(ServedProcess.Title));
        await peer.ReadPduAsync();
        await peer.SendAsync(RawPdu.DataTransfer(1, 1, RawPdu.EchoCommand()[..20]), [4, 0, 0, 0, 1, 0]);
    }

    /// <summary>Asks without end and never takes an answer, until the other side has had enough.</summary>
    private static async Task DeafAsync(RawPeer peer)
    {
        byte[] echoes = [.. Enumerable.Repeat(RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()), 500).SelectMany(pdu => pdu)];
        try
        {
            await peer.SendAsync(RawPdu.AssociateRequest(ServedProcess.Title));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!limit.IsCancellationRequested)
            {
                await peer.SendAsync(echoes).WaitAsync(limit.Token);
            }
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
        {
            // Closed by the other side, or stuck for good, which the caller sees.
        }
    }

    private static async Task DripAsync(RawPeer peer, byte[] bytes, int pause = 50, int piece = 1)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(pause));
        try
        {
            foreach (var part in bytes.Chunk(piece))
            {
                await peer.SendAsync(part);
                await timer.WaitForNextTickAsync();
            }
        }
        catch (IOException)
        {
            // Cut off, as it should be.
        }
    }
}
