using System.Buffers.Binary;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Network;

public sealed class AssociationTests
{
    [Fact]
    public async Task Rejected_association_sends_nothing_after_the_reject()
    {
        await using var provider = new TestProvider
        {
            Policy = _ => AssociationDecision.Reject.CallingAeTitleNotRecognized,
        };
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        // Everything a client would send if it had been accepted is already under way.
        await peer.SendAsync(RawPdu.AssociateRequest(), RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()),
            RawPdu.AssociateRequest(), RawPdu.ReleaseRequest, [0x99, 0, 0, 0, 0, 1, 0]);
        peer.EndSending();

        Assert.Equal(RawPdu.Pdu(3, 0, 1, 1, 3), await peer.ReadToEndAsync());
        var report = await provider.NextReportAsync();
        var rejected = Assert.IsType<AssociationEnd.Rejected>(report.End);
        Assert.Equal("calling AE title not recognized", rejected.Reject.Description);
        Assert.Equal("RAW", report.Identity.CallingAeTitle);
    }

    [Fact]
    public async Task Echo_is_answered_and_release_ends_the_association()
    {
        await using var provider = new TestProvider();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest());
        Assert.Equal(2, (await peer.ReadPduAsync())[0]);
        await peer.SendAsync(RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand(messageId: 258)));
        var answer = await peer.ReadPduAsync();
        Assert.True(CommandSet.TryParse(answer.AsSpan(12), out var command, out _));
        Assert.Equal(CommandField.EchoResponse, command.Field);
        Assert.Equal(258, command.MessageIdBeingRespondedTo);
        Assert.True(command.Status.IsSuccess);
        await peer.SendAsync(RawPdu.ReleaseRequest);
        Assert.Equal(RawPdu.ReleaseResponse, await peer.ReadPduAsync());
        peer.EndSending();
        Assert.Empty(await peer.ReadToEndAsync());
        Assert.IsType<AssociationEnd.Released>((await provider.NextReportAsync()).End);
    }

    [Fact]
    public async Task Each_context_is_answered_by_its_sop_class_and_transfer_syntaxes()
    {
        await using var provider = new TestProvider();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest(contexts: [
            .. RawPdu.Context(1, RawPdu.CtImage, RawPdu.ImplicitLittleEndian, RawPdu.ExplicitLittleEndian),
            .. RawPdu.Context(3, "1.2.840.10008.5.1.4.1.2.2.1", RawPdu.ImplicitLittleEndian),
            .. RawPdu.Context(5, RawPdu.CtImage, "1.2.840.10008.1.2.4.50"),
            .. RawPdu.Context(255, RawPdu.Verification)]));

        var accept = await peer.ReadPduAsync();
        Assert.Equal(2, accept[0]);
        Assert.Equal([(1, 0), (3, 3), (5, 4), (255, 4)], Results(accept));
    }

    [Fact]
    public async Task Fragments_of_a_data_set_arrive_in_order_over_odd_borders()
    {
        await using var provider = new TestProvider();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        byte[] command = RawPdu.StoreCommand("1.2.3");
        byte[] dataSet = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
        await peer.SendAsync(
            RawPdu.AssociateRequest(contexts: RawPdu.Context(1, RawPdu.CtImage, RawPdu.ExplicitLittleEndian)));
        await peer.ReadPduAsync();
        // The command in two fragments, the last of them in one PDU with the first of the data set.
        await peer.SendAsync(RawPdu.DataTransfer(1, 1, command[..20]));
        await peer.SendAsync(RawPdu.Pdu(4, [
            .. RawPdu.DataTransfer(1, 3, command[20..])[6..], .. RawPdu.DataTransfer(1, 0, dataSet[..1])[6..]]));
        await peer.SendAsync(RawPdu.DataTransfer(1, 0, dataSet[1..70_000]), RawPdu.DataTransfer(1, 0),
            RawPdu.DataTransfer(1, 2, dataSet[70_000..]));
        var answer = await peer.ReadPduAsync();
        Assert.True(CommandSet.TryParse(answer.AsSpan(12), out var response, out _));
        Assert.True(response.Status.IsSuccess);
        Assert.Equal("1.2.3", response.AffectedSopInstanceUid);
        var stored = Assert.Single(provider.Stored);
        Assert.Equal(dataSet, stored.DataSet);
        Assert.Equal(RawPdu.ExplicitLittleEndian, stored.Request.TransferSyntax);
    }

    [Fact]
    public async Task Silent_peer_is_let_go_when_the_artim_timer_expires()
    {
        await using var provider = new TestProvider(TestProvider.Quick);
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        Assert.Empty(await peer.ReadToEndAsync());
        Assert.IsType<AssociationEnd.Disconnected>((await provider.NextReportAsync()).End);
    }

    [Fact]
    public async Task Half_a_pdu_inside_a_message_is_aborted_by_the_provider()
    {
        await using var provider = new TestProvider(TestProvider.Quick);
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest());
        await peer.ReadPduAsync();
        await peer.SendAsync(RawPdu.DataTransfer(1, 1, RawPdu.EchoCommand()[..20]), [4, 0, 0, 0, 1, 0]);
        Assert.Equal(RawPdu.Abort(source: 2, reason: 0), await peer.ReadPduAsync());
        Assert.Contains("nothing came", (await provider.NextReportAsync()).End.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peer_that_never_reads_is_let_go()
    {
        await using var provider = new TestProvider(TestProvider.Quick);
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest());
        byte[] echoes = [.. Enumerable.Repeat(RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()), 500).SelectMany(p => p)];
        var report = provider.NextReportAsync();
        while (!report.IsCompleted)
        {
            try
            {
                await peer.SendAsync(echoes).WaitAsync(TimeSpan.FromSeconds(20));
            }
            catch (IOException)
            {
                break;
            }
        }
        Assert.Contains("read nothing", (await report).End.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("47455420 2f2048545450", "an HTTP request came to the DICOM port", "HTTP/1.1 400 Bad Request")]
    [InlineData("16030100 2f0100002b0303", "a TLS handshake came to the plain DICOM port", "\u0015\u0003\u0001\0\u0002\u0002\u0028")]
    [InlineData("0b4d5348 7c5e7e5c26", "an HL7 (MLLP) message came to the DICOM port", "\u0007\0\0\0\0\u0004\0\0\0\0")]
    public async Task Strangers_on_the_port_are_named_and_answered_in_their_own_tongue(string bytes, string name, string answer)
    {
        await using var provider = new TestProvider();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        peer.EndSending();
        Assert.StartsWith(answer, System.Text.Encoding.Latin1.GetString(await peer.ReadToEndAsync()), StringComparison.Ordinal);
        Assert.Equal("aborted: " + name, (await provider.NextReportAsync()).End.Describe());
    }

    [Fact]
    public async Task Stopping_the_listener_aborts_an_idle_association()
    {
        var provider = new TestProvider();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest());
        await peer.ReadPduAsync();
        await provider.DisposeAsync();
        Assert.Equal(RawPdu.Abort(source: 2, reason: 0), await peer.ReadPduAsync());
    }

    public static TheoryData<string, byte[], byte[]> ProtocolErrors => new()
    {
        { "P-DATA before the request", RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()), RawPdu.Abort() },
        { "protocol version 2", RawPdu.AssociateRequest(version: 2), RawPdu.Pdu(3, 0, 1, 2, 2) },
        { "application context", RawPdu.AssociateRequest(application: "9.9.9"), RawPdu.Pdu(3, 0, 1, 1, 2) },
        { "no context", RawPdu.AssociateRequest(contexts: []), RawPdu.Abort() },
        { "request of 4 GB", [1, 0, 0xFF, 0xFF, 0xFF, 0xFF], RawPdu.Abort() },
    };

    [Theory]
    [MemberData(nameof(ProtocolErrors))]
    public async Task Wrong_beginning_gets_its_one_answer(string what, byte[] sent, byte[] answer)
    {
        await using var provider = new TestProvider();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(sent);
        peer.EndSending();
        var received = await peer.ReadToEndAsync();
        Assert.True(answer.SequenceEqual(received), $"{what}: {Convert.ToHexString(received)}");
    }

    public static TheoryData<string, byte[], byte> ErrorsOnceEstablished => new()
    {
        { "unknown PDU type", RawPdu.Pdu(0x99, 1, 2, 3), 1 },
        { "second request", RawPdu.AssociateRequest(), 2 },
        { "release response", RawPdu.ReleaseResponse, 2 },
        { "longer than announced", [4, 0, 0, 0x10, 0, 0], 6 },
        { "context that was not agreed", RawPdu.DataTransfer(3, 3, RawPdu.EchoCommand()), 6 },
        { "data before a command", RawPdu.DataTransfer(1, 2, 0, 0), 5 },
        { "PDV longer than its PDU", RawPdu.Pdu(4, 0x7F, 0xFF, 0xFF, 0xFF, 1, 3), 6 },
        { "control header", RawPdu.DataTransfer(1, 0xFF, RawPdu.EchoCommand()), 6 },
        { "command element of 4 GB", RawPdu.DataTransfer(1, 3, 0, 0, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1), 6 },
    };

    [Theory]
    [MemberData(nameof(ErrorsOnceEstablished))]
    public async Task Protocol_error_is_aborted_with_its_reason(string what, byte[] sent, byte reason)
    {
        await using var provider = new TestProvider();
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest());
        await peer.ReadPduAsync();
        await peer.SendAsync(sent);
        peer.EndSending();
        var received = await peer.ReadToEndAsync();
        Assert.True(
            RawPdu.Abort(source: 2, reason).SequenceEqual(received), $"{what}: {Convert.ToHexString(received)}");
    }

    private static List<(int Id, int Outcome)> Results(byte[] accept)
    {
        var results = new List<(int, int)>();
        for (var at = 74; at < accept.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(accept.AsSpan(at + 2));
            if (accept[at] == 0x21)
            {
                results.Add((accept[at + 4], accept[at + 6]));
            }
            at += 4 + length;
        }
        return results;
    }
}
