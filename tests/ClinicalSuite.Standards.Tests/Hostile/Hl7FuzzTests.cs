using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using ClinicalSuite.Hl7;
using ClinicalSuite.Hl7.Mllp;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>Damaged HL7 messages and MLLP streams: only <see cref="Hl7FormatException"/> leaves the parser, and nothing the connection.</summary>
public sealed class Hl7FuzzTests
{
    private const string Message = "MSH|^~\\&|RIS|SITE|SUITE|HERE|20260101120000||ORM^O01^ORM_O01|42|P|2.5.1|||AL|NE||{0}\r"
        + "PID|1||1234^^^HOSP^MR~55^^^X||王^小东^^^^^L||19700101|M\rORC|NW|P1|F1\rOBR|1|P1|F1|CT^CT abdomen\\T\\pelvis^L|||||\\X0D0A\\|\r"
        + "OBX|1|ED|PDF^Report||^application^pdf^Base64^JVBERi0xLjQK||||||F\r";

    private static readonly byte[][] Messages =
    [
        Encoding.UTF8.GetBytes(Message.Replace("{0}", "UNICODE UTF-8", StringComparison.Ordinal)),
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!
            .GetBytes(Message.Replace("{0}", "GB 18030-2000", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Damaged_messages_are_read_or_refused() => Campaign.Run(500_000, 50_000, number =>
    {
        var bytes = Damage(Messages[number % Messages.Length], new Random(number));
        try
        {
            var message = Hl7Message.Parse(bytes);
            foreach (var segment in message.Segments)
            {
                for (var field = 1; field <= segment.FieldCount; field++)
                {
                    _ = segment[field].Text();
                    _ = segment[field].Components();
                }
            }

            _ = message.ToBytes();
        }
        catch (Hl7FormatException problem)
        {
            Assert.NotEmpty(problem.Message);
        }
    });

    [Fact]
    public void Damaged_streams_end_the_connection_and_throw_nothing() => Campaign.Run(100_000, 10_000, number =>
    {
        var random = new Random(number);
        byte[] whole = [0x0B, .. Messages[0], 0x1C, 0x0D, 0x0B, .. Messages[1], 0x1C, 0x0D];
        var answers = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var transport = new Transport(PipeReader.Create(new MemoryStream(Damage(whole, random))), answers.Writer);
        var connection = new MllpConnection(
            transport, (_, _) => ValueTask.FromResult(new Acknowledgement(AcknowledgementCode.Accept, "")), MllpLimits.Default,
            TimeProvider.System);
        Assert.NotNull(connection.RunAsync(CancellationToken.None).Result);
    });

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        ReadOnlySpan<byte> telling = "|^~\\&\r\n\u000B\u001C"u8;
        for (var times = random.Next(1, 8); times > 0; times--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? telling[random.Next(telling.Length)] : (byte)random.Next(256);
        }

        return random.Next(8) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => [.. bytes[..random.Next(bytes.Length)], .. bytes[random.Next(bytes.Length)..]],
            _ => bytes,
        };
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
