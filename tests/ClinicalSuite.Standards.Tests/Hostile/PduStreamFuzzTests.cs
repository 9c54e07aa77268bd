using System.IO.Pipelines;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>Damaged upper-layer streams in memory: whatever comes, the association ends by value and throws nothing.</summary>
public sealed class PduStreamFuzzTests : IAssociationPolicy, IStoreProvider
{
    private static readonly AssociationPeer Peer = new(null);

    private static readonly byte[][] Streams =
    [
        [.. RawPdu.AssociateRequest(), .. RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()), .. RawPdu.ReleaseRequest],
        [
            .. RawPdu.AssociateRequest(contexts:
            [
                .. RawPdu.Context(1, RawPdu.CtImage, RawPdu.ExplicitLittleEndian, RawPdu.ImplicitLittleEndian),
                .. RawPdu.Context(3, RawPdu.Verification, RawPdu.ImplicitLittleEndian),
            ]),
            .. RawPdu.DataTransfer(1, 3, RawPdu.StoreCommand("1.2.3")), .. RawPdu.DataTransfer(1, 0, new byte[200]),
            .. RawPdu.DataTransfer(1, 2, new byte[100]), .. RawPdu.DataTransfer(3, 1, RawPdu.EchoCommand()[..30]),
            .. RawPdu.DataTransfer(3, 3, RawPdu.EchoCommand()[30..]), .. RawPdu.ReleaseRequest,
        ],
        [.. RawPdu.AssociateRequest(), .. RawPdu.DataTransfer(1, 3, RawPdu.EchoCommand()), .. RawPdu.Abort()],
    ];

    [Fact]
    public void Damaged_streams_end_the_association_and_throw_nothing()
    {
        var released = 0;
        Campaign.Run(200_000, 20_000, number =>
        {
            var random = new Random(number);
            var bytes = Damage(Streams[number % Streams.Length], random);
            var report = RunAsync(bytes).Result;
            if (report.End is AssociationEnd.Released)
            {
                Interlocked.Increment(ref released);
            }
        });
        Assert.True(released > 100, $"{released} were released in order");
    }

    public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer) =>
        new AssociationDecision.Accept(new SupportedServices()
            .With(RawPdu.Verification, RawPdu.ImplicitLittleEndian, RawPdu.ExplicitLittleEndian)
            .WithStorage([RawPdu.ExplicitLittleEndian, RawPdu.ImplicitLittleEndian], withPrivateClasses: false));

    public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
    {
        await request.DataSet.CopyToAsync(Stream.Null, cancellation);
        return DimseStatus.Success;
    }

    private async Task<AssociationReport> RunAsync(byte[] bytes)
    {
        var answers = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var transport = new Transport(PipeReader.Create(new MemoryStream(bytes)), answers.Writer);
        var provider = new ServiceClassProvider(this, this, AssociationLimits.Default, TimeProvider.System);
        return await provider.RunAsync(transport, Peer, CancellationToken.None);
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(4) switch
            {
                0 => 0xFF,
                1 => 0,
                _ => (byte)random.Next(256),
            };
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
