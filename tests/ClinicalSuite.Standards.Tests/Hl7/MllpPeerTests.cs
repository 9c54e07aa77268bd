using System.Diagnostics;
using System.Globalization;
using ClinicalSuite.Hl7;
using ClinicalSuite.Hl7.Mllp;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hl7;

/// <summary>python3-hl7 on the other end of the line.</summary>
public sealed class MllpPeerTests
{
    private const string Python = "/usr/bin/python3";

    // Prints its port, acknowledges, then prints what it has read.
    private const string Receiver = """
        import asyncio, sys, hl7
        from hl7.mllp import start_hl7_server
        done = asyncio.Event()
        async def serve(reader, writer):
            m = await reader.readmessage()
            writer.writemessage(m.create_ack())
            await writer.drain()
            print(m['PID.F5.R1.C1'], m['PID.F5.R1.C2'], m['MSH.F10'], m['MSH.F18'], len(str(m)), flush=True)
            done.set()
        async def main():
            server = await start_hl7_server(serve, host='127.0.0.1', port=0, encoding=sys.argv[1], limit=2**26)
            print(server.sockets[0].getsockname()[1], flush=True)
            await done.wait()
        asyncio.run(main())
        """;

    private const string Sender = """
        import sys, hl7
        from hl7.client import MLLPClient
        raw = open(sys.argv[3], 'rb').read()
        with MLLPClient('127.0.0.1', int(sys.argv[1]), encoding=sys.argv[2]) as client:
            reply = client.send_message(hl7.parse(raw.decode(sys.argv[2])))
        text = reply.decode(sys.argv[2]).strip('\x0b\x1c\r')
        print(hl7.parse(text).segment('MSA'))
        """;

    [Theory]
    [InlineData(Hl7CharacterSet.Utf8, "utf-8")]
    [InlineData(Hl7CharacterSet.Gb18030, "gb18030")]
    public async Task A_python_receiver_takes_our_message_and_we_take_its_answer(string set, string codec)
    {
        using var peer = Start(Receiver, codec);
        var line = await peer.StandardOutput.ReadLineAsync();
        SkipWithoutModule(line, peer);
        var port = int.Parse(line!, CultureInfo.InvariantCulture);
        var message = Message(set);
        message.Add("OBX").Set(1, 1).Set(2, "ED").Set(5, "", "Application", "PDF", "Base64", new string('A', 300_000));
        var outcome = await new MllpClient("127.0.0.1", port, TimeProvider.System)
            .SendAsync(message, TimeSpan.FromSeconds(60), CancellationToken.None);
        Assert.IsType<MllpOutcome.Accepted>(outcome);
        Assert.StartsWith($"王乗 小东亅 CS7 {set} ", await peer.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        await peer.WaitForExitAsync();
    }

    [Theory]
    [InlineData(Hl7CharacterSet.Utf8, "utf-8")]
    [InlineData(Hl7CharacterSet.Gb18030, "gb18030")]
    public async Task We_take_the_message_of_a_python_sender_and_it_takes_our_answer(string set, string codec)
    {
        var names = new List<string>();
        var ends = new List<MllpEnd>();
        await using var receiver = TcpReceiver.Mllp(
            (received, _) =>
            {
                names.Add(received.Message.Text("PID-5"));
                return ValueTask.FromResult(Acknowledgement.Accept);
            },
            ends);
        var path = Path.Combine(AppContext.BaseDirectory, $"peer-{codec}.hl7");
        await File.WriteAllBytesAsync(path, Message(set).ToBytes());
        using var peer = Start(Sender, receiver.Port.ToString(CultureInfo.InvariantCulture), codec, path);
        var line = await peer.StandardOutput.ReadLineAsync();
        SkipWithoutModule(line, peer);
        Assert.Equal("MSA|AA|CS7", line);
        Assert.Equal(["王乗"], names);
        await peer.WaitForExitAsync();
    }

    private static Hl7Message Message(string set)
    {
        var message = Hl7Message.Create(set);
        message.Header.Set(3, "CS").Set(4, "IMAGING").Set(5, "RIS").Set(6, "HOSPITAL")
            .Set(7, "20260102101500+0800").Set(9, "ORU", "R01", "ORU_R01").Set(10, "CS7");
        message.Add("PID").Set(1, 1).Set(5, "王乗", "小东亅");
        return message;
    }

    private static Process Start(string script, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Python), "python3 is not installed");
        return Process.Start(new ProcessStartInfo(Python, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static void SkipWithoutModule(string? line, Process peer)
    {
        if (line is null)
        {
            var errors = peer.StandardError.ReadToEnd();
            Assert.SkipWhen(errors.Contains("No module named 'hl7'", StringComparison.Ordinal), "python3-hl7 is not installed");
            Assert.Fail(errors);
        }
    }
}
