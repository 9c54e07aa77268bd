using System.Net.Sockets;
using System.Text;
using ClinicalSuite.Hl7;
using ClinicalSuite.Hl7.Mllp;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hl7;

public sealed class MllpTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(Hl7CharacterSet.Utf8)]
    [InlineData(Hl7CharacterSet.Gb18030)]
    public async Task Characters_split_between_tcp_segments_arrive_whole(string set)
    {
        // Every byte in a segment of its own, the envelope's too; 乗 and 亅 have bytes ^ and | in GB 18030.
        var received = new List<string>();
        var ends = new List<MllpEnd>();
        await using var receiver = TcpReceiver.Mllp(
            (message, _) =>
            {
                received.Add(message.Message.Text("PID-5") + message.Message.Text("PID-5.2"));
                return ValueTask.FromResult(Acknowledgement.Accept);
            },
            ends);
        using var client = new TcpClient("127.0.0.1", receiver.Port) { NoDelay = true };
        var stream = client.GetStream();
        foreach (var octet in Framed(Sample("C1", set).ToBytes()))
        {
            await stream.WriteAsync(new[] { octet });
            await stream.FlushAsync();
        }

        var answer = Hl7Message.Parse(await ReadFrameAsync(stream));
        Assert.Equal("AA|C1", $"{answer.Text("MSA-1")}|{answer.Text("MSA-2")}");
        Assert.Equal(set, answer.Text("MSH-18"));
        Assert.Equal("CLINICALSUITE 王", answer.Text("MSH-5"));
        Assert.Equal(["王乗小东亅"], received);
    }

    [Fact]
    public async Task Messages_sent_in_one_go_are_answered_one_by_one_in_order()
    {
        var ends = new List<MllpEnd>();
        await using var receiver = TcpReceiver.Mllp((_, _) => ValueTask.FromResult(Acknowledgement.Accept), ends);
        using var client = new TcpClient("127.0.0.1", receiver.Port);
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[.. Framed(Sample("C1").ToBytes()), (byte)'\r', (byte)'\n', .. Framed(Sample("C2").ToBytes())]);
        Assert.Equal("C1", Hl7Message.Parse(await ReadFrameAsync(stream)).Text("MSA-2"));
        Assert.Equal("C2", Hl7Message.Parse(await ReadFrameAsync(stream)).Text("MSA-2"));
    }

    [Fact]
    public async Task An_answer_in_GB_18030_with_a_reason_in_Chinese_is_read()
    {
        var ends = new List<MllpEnd>();
        await using var receiver = TcpReceiver.Mllp(
            (_, _) => ValueTask.FromResult(new Acknowledgement(AcknowledgementCode.Reject, "乗客|亅: 患者编号未知")), ends);
        var outcome = await Client(receiver).SendAsync(Sample("C1", Hl7CharacterSet.Gb18030), Long, CancellationToken.None);
        Assert.Equal("乗客|亅: 患者编号未知", Assert.IsType<MllpOutcome.Rejected>(outcome).Text);
    }

    [Theory]
    [InlineData("AA", typeof(MllpOutcome.Accepted))]
    [InlineData("CA", typeof(MllpOutcome.Accepted))]
    [InlineData("AE", typeof(MllpOutcome.Error))]
    [InlineData("CE", typeof(MllpOutcome.Error))]
    [InlineData("AR", typeof(MllpOutcome.Rejected))]
    [InlineData("CR", typeof(MllpOutcome.Rejected))]
    [InlineData("ZZ", typeof(MllpOutcome.UnreadableAnswer))]
    public async Task Each_code_of_an_answer_has_its_outcome(string code, Type outcome)
    {
        await using var receiver = Answering($"MSH|^~\\&|R||C||||ACK|9|P|2.5.1\rMSA|{code}|C1\r");
        Assert.IsType(outcome, await Client(receiver).SendAsync(Sample("C1"), Long, CancellationToken.None));
    }

    [Fact]
    public async Task An_answer_to_another_message_is_never_taken_for_ours()
    {
        await using var receiver = Answering("MSH|^~\\&|R||C||||ACK|9|P|2.5.1\rMSA|AA|C0\r");
        var outcome = await Client(receiver).SendAsync(Sample("C1"), Long, CancellationToken.None);
        Assert.Equal(new MllpOutcome.WrongControlId("C1", "C0"), outcome);
    }

    [Fact]
    public async Task A_late_answer_meets_a_closed_socket_and_does_not_acknowledge_the_next_message()
    {
        var time = new ManualTime();
        var firstArrived = new TaskCompletionSource();
        var firstClosed = new TaskCompletionSource();
        var connections = 0;
        await using var receiver = new TcpReceiver(async (stream, cancellation) =>
        {
            await ReadFrameAsync(stream);
            if (Interlocked.Increment(ref connections) == 1)
            {
                firstArrived.SetResult();

                // The sender gives up: the stream ends. Only then comes the answer to the first message.
                Assert.Equal(0, await ReadOrEndAsync(stream, cancellation));
                firstClosed.SetResult();
                return;
            }

            await firstClosed.Task;
            await stream.WriteAsync(Framed(Encoding.ASCII.GetBytes("MSH|^~\\&|R||C||||ACK|9|P|2.5.1\rMSA|AA|C1\r")), cancellation);
        });
        var client = new MllpClient("127.0.0.1", receiver.Port, time);
        var first = client.SendAsync(Sample("C1"), TimeSpan.FromSeconds(30), CancellationToken.None);
        await firstArrived.Task;
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(new MllpOutcome.Timeout(TimeSpan.FromSeconds(30)), await first);

        var second = await client.SendAsync(Sample("C2"), TimeSpan.FromSeconds(30), CancellationToken.None);
        Assert.Equal(new MllpOutcome.WrongControlId("C2", "C1"), second);
    }

    [Fact]
    public async Task Nobody_listening_and_a_peer_that_closes_without_answer_differ()
    {
        int closedPort;
        await using (var gone = Answering(""))
        {
            closedPort = gone.Port;
        }

        var refused = await new MllpClient("127.0.0.1", closedPort, TimeProvider.System).SendAsync(Sample("C1"), Long, CancellationToken.None);
        Assert.False(Assert.IsType<MllpOutcome.ConnectionFailed>(refused).MayHaveArrived);

        await using var silent = new TcpReceiver(async (stream, _) => await ReadFrameAsync(stream));
        var closed = await Client(silent).SendAsync(Sample("C1"), Long, CancellationToken.None);
        Assert.True(Assert.IsType<MllpOutcome.ConnectionFailed>(closed).MayHaveArrived);
    }

    [Fact]
    public async Task Cancelling_is_an_exception_and_no_outcome()
    {
        using var cancellation = new CancellationTokenSource();
        await using var receiver = new TcpReceiver(async (stream, token) =>
        {
            await ReadFrameAsync(stream);
            await cancellation.CancelAsync();
            await ReadOrEndAsync(stream, token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Client(receiver).SendAsync(Sample("C1"), Long, cancellation.Token));
    }

    [Fact]
    public async Task What_cannot_be_read_is_rejected_and_named_and_the_connection_goes_on()
    {
        var ends = new List<MllpEnd>();
        await using var receiver = TcpReceiver.Mllp((_, _) => ValueTask.FromResult(Acknowledgement.Accept), ends);
        using var client = new TcpClient("127.0.0.1", receiver.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Framed(Encoding.ASCII.GetBytes("MSH|^~\\&|A||B||||ORU^R01|C7|P|2.5.1\rpid|1\r")));
        var answer = Hl7Message.Parse(await ReadFrameAsync(stream));
        Assert.Equal("AR|C7", $"{answer.Text("MSA-1")}|{answer.Text("MSA-2")}");
        Assert.Contains("segment 2", answer.Text("MSA-3"), StringComparison.Ordinal);

        await stream.WriteAsync(Framed([0xFF, 0xFE, 0x00]));
        Assert.Equal("AR|", $"{(answer = Hl7Message.Parse(await ReadFrameAsync(stream))).Text("MSA-1")}|{answer.Text("MSA-2")}");

        await stream.WriteAsync(Framed(Sample("C8").ToBytes()));
        Assert.Equal("C8", Hl7Message.Parse(await ReadFrameAsync(stream)).Text("MSA-2"));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", "HTTP")]
    [InlineData("\u0016\u0003\u0001", "TLS")]
    [InlineData("\u0001\u0000\u0000", "DICOM")]
    public async Task Other_protocols_on_the_port_are_recognised_and_cut(string start, string name)
    {
        var ends = new List<MllpEnd>();
        await using (var receiver = TcpReceiver.Mllp((_, _) => ValueTask.FromResult(Acknowledgement.Accept), ends))
        {
            using var client = new TcpClient("127.0.0.1", receiver.Port);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(start));
            await ReadOrEndAsync(client.GetStream(), CancellationToken.None);
        }

        Assert.Contains(name, Assert.IsType<MllpEnd.Broken>(Assert.Single(ends)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Size_and_idle_limits_end_a_connection_and_a_slow_handler_is_told_to_the_sender_as_an_error()
    {
        var ends = new List<MllpEnd>();
        var time = new ManualTime();
        var limits = new MllpLimits
        {
            Message = new Hl7Limits { MaximumBytes = 1000 },
            Idle = TimeSpan.FromMinutes(5),
            Handling = TimeSpan.FromSeconds(30),
        };
        var handling = new TaskCompletionSource();
        await using (var receiver = TcpReceiver.Mllp(Slow, ends, limits, time))
        {
            using var large = new TcpClient("127.0.0.1", receiver.Port);
            await large.GetStream().WriteAsync((byte[])[0x0B, .. new byte[2000]]);
            await ReadOrEndAsync(large.GetStream(), CancellationToken.None);

            using var slow = new TcpClient("127.0.0.1", receiver.Port);
            await slow.GetStream().WriteAsync(Framed(Sample("C1").ToBytes()));
            await handling.Task;
            time.Advance(TimeSpan.FromSeconds(31));
            var answer = Hl7Message.Parse(await ReadFrameAsync(slow.GetStream()));
            Assert.Equal("AE|C1", $"{answer.Text("MSA-1")}|{answer.Text("MSA-2")}");

            // Half a message, and then nothing: the limit of silence counts within a message too.
            await slow.GetStream().WriteAsync("\u000BMSH|"u8.ToArray());
            var end = ReadOrEndAsync(slow.GetStream(), CancellationToken.None).AsTask();
            while (!end.IsCompleted)
            {
                time.Advance(TimeSpan.FromMinutes(6));
                await Task.Yield();
            }
        }

        Assert.Contains(ends, end => end is MllpEnd.Broken { Reason: var reason } && reason.Contains("1000 bytes", StringComparison.Ordinal));
        Assert.Contains(new MllpEnd.Idle(TimeSpan.FromMinutes(5)), ends);

        async ValueTask<Acknowledgement> Slow(ReceivedMessage message, CancellationToken cancellation)
        {
            handling.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return Acknowledgement.Accept;
        }
    }

    [Fact]
    public async Task A_report_of_many_megabytes_passes()
    {
        var ends = new List<MllpEnd>();
        var length = 0;
        await using var receiver = TcpReceiver.Mllp(
            (message, _) =>
            {
                length = message.Message.Text("OBX-5").Length;
                return ValueTask.FromResult(Acknowledgement.Accept);
            },
            ends);
        var message = Sample("C1");
        message.Add("OBX").Set(5, new string('A', 20_000_000));
        Assert.IsType<MllpOutcome.Accepted>(await Client(receiver).SendAsync(message, Long, CancellationToken.None));
        Assert.Equal(20_000_000, length);
    }

    private static Hl7Message Sample(string controlId, string set = Hl7CharacterSet.Utf8)
    {
        var message = Hl7Message.Create(set);
        message.Header.Set(3, "CLINICALSUITE 王").Set(5, "RIS").Set(9, "ORU", "R01", "ORU_R01").Set(10, controlId);
        message.Add("PID").Set(5, "王乗", "小东亅");
        return message;
    }

    private static MllpClient Client(TcpReceiver receiver) => new("127.0.0.1", receiver.Port, TimeProvider.System);

    private static TcpReceiver Answering(string answer) => new(async (stream, cancellation) =>
    {
        await ReadFrameAsync(stream);
        await stream.WriteAsync(Framed(Encoding.ASCII.GetBytes(answer)), cancellation);
    });

    private static byte[] Framed(byte[] message) => [0x0B, .. message, 0x1C, 0x0D];

    private static async Task<byte[]> ReadFrameAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (bytes is not [.., 0x1C, 0x0D])
        {
            Assert.Equal(1, await stream.ReadAsync(one));
            bytes.Add(one[0]);
        }

        return [.. bytes.Skip(1).SkipLast(2)];
    }

    /// <summary>0 when the peer has closed, also when it closed with data unread (a reset).</summary>
    private static async ValueTask<int> ReadOrEndAsync(NetworkStream stream, CancellationToken cancellation)
    {
        try
        {
            return await stream.ReadAsync(new byte[16], cancellation);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
