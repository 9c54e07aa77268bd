using System.Diagnostics;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Standards.Tests.Network;
using ClinicalSuite.TestKit.Hostile;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>
/// Random sequences of events over a real socket against PS3.8 table 9-10, written down here a second time as what the peer must
/// see; after each a fresh association answers C-ECHO within a second.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class StateMachineTests
{
    private static readonly byte[] Accept = [2];
    private static readonly byte[] EchoResponse = [4];
    private static readonly byte[] Nothing = [];
    private static readonly byte[] UserAbort = RawPdu.Abort();

    /// <summary>What the acceptor does: its answer (the first byte alone stands for a whole PDU of that type), and its next state.</summary>
    private static (byte[] Answer, int Next) Table(int state, AssociationEvent what) => (state, what) switch
    {
        // Sta2, awaiting A-ASSOCIATE-RQ: AE-6, AA-1, AA-2.
        (2, AssociationEvent.AssociateRequestPdu) => (Accept, 6),
        (2, AssociationEvent.AbortPdu) => (Nothing, 1),
        (2, _) => (UserAbort, 13),
        // Sta6, data transfer: DT-2, AR-2 with AR-4, AA-3, AA-8.
        (6, AssociationEvent.DataTransferPdu) => (EchoResponse, 6),
        (6, AssociationEvent.ReleaseRequestPdu) => (RawPdu.ReleaseResponse, 13),
        (6, AssociationEvent.AbortPdu) => (Nothing, 1),
        (6, AssociationEvent.InvalidPdu) => (RawPdu.Abort(source: 2, reason: 1), 13),
        (6, _) => (RawPdu.Abort(source: 2, reason: 2), 13),
        // Sta13, awaiting the close: AA-6 ignores, AA-2 closes. AA-7 would abort again; ours has said all it had to say.
        (13, _) => (Nothing, 13),
        _ => throw new InvalidOperationException($"state {state}"),
    };

    [Fact]
    public async Task Random_sequences_of_events_are_answered_by_table_9_10()
    {
        await using var provider = new TestProvider();
        var events = new[]
        {
            AssociationEvent.AssociateRequestPdu, AssociationEvent.AssociateAcceptPdu, AssociationEvent.AssociateRejectPdu,
            AssociationEvent.DataTransferPdu, AssociationEvent.ReleaseRequestPdu, AssociationEvent.ReleaseResponsePdu,
            AssociationEvent.AbortPdu, AssociationEvent.InvalidPdu,
        };
        for (var seed = 0; seed < (Campaign.IsFull ? 10_000 : 400); seed++)
        {
            var random = new Random(seed);
            // Half of them begin as they should, else few get far.
            AssociationEvent[] sequence =
            [
                .. seed % 2 == 0 ? [AssociationEvent.AssociateRequestPdu] : (AssociationEvent[])[],
                .. Enumerable.Range(0, random.Next(1, 7)).Select(_ => events[random.Next(events.Length)]),
            ];
            await PlayAsync(provider, seed, sequence);
            await AssertEchoAsync(provider, seed);
        }
    }

    private static async Task PlayAsync(TestProvider provider, int seed, AssociationEvent[] sequence)
    {
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        var state = 2;
        foreach (var what in sequence)
        {
            var (answer, next) = Table(state, what);
            await peer.TrySendAsync(PduOf(what));
            if (next == 1)
            {
                Assert.True(await peer.IsClosedAsync(), $"seed {seed}: {what} in state {state} does not close");
                return;
            }

            if (answer.Length > 0)
            {
                var seen = await peer.ReadPduAsync();
                var isRight = answer.Length == 1 ? seen.Length > 6 && seen[0] == answer[0] : answer.SequenceEqual(seen);
                Assert.True(isRight, $"seed {seed}: {what} in state {state}: {Convert.ToHexString(seen)}");
            }

            state = next;
        }

        if (state == 13)
        {
            peer.EndSending();
            Assert.Empty(await peer.ReadToEndAsync());
        }
    }

    private static byte[] PduOf(AssociationEvent what) => what switch
    {
        AssociationEvent.AssociateRequestPdu => RawPdu.AssociateRequest(),
        AssociationEvent.AssociateAcceptPdu => [2, .. RawPdu.AssociateRequest()[1..]],
        AssociationEvent.AssociateRejectPdu => RawPdu.Pdu(3, 0, 1, 1, 3),
        AssociationEvent.DataTransferPdu => RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()),
        AssociationEvent.ReleaseRequestPdu => RawPdu.ReleaseRequest,
        AssociationEvent.ReleaseResponsePdu => RawPdu.ReleaseResponse,
        AssociationEvent.AbortPdu => RawPdu.Abort(),
        _ => RawPdu.Pdu(0x99, 1, 2, 3),
    };

    private static async Task AssertEchoAsync(TestProvider provider, int seed)
    {
        var clock = Stopwatch.StartNew();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest(), RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()), RawPdu.ReleaseRequest);
        Assert.Equal(2, (await peer.ReadPduAsync())[0]);
        Assert.Equal(4, (await peer.ReadPduAsync())[0]);
        Assert.Equal(RawPdu.ReleaseResponse, await peer.ReadPduAsync());
        Assert.True(clock.Elapsed < Promptness.Limit, $"C-ECHO took {clock.Elapsed} after seed {seed}");
    }
}
