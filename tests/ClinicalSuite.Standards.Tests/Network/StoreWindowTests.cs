using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Network;

/// <summary>C-STORE of many within an asynchronous operations window (PS3.7 D.3.3.3).</summary>
public sealed class StoreWindowTests : IDisposable
{
    private static readonly DicomClientOptions Options = new() { CallingAeTitle = "TESTS", Window = 40 };

    private readonly string folder = Directory.CreateTempSubdirectory("window-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_objects_are_under_way_before_the_first_answer_and_answers_in_another_order_find_them()
    {
        var files = Files(3);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var opening = OpenAsync(((IPEndPoint)listener.LocalEndpoint).Port, files);
        using var peer = await listener.AcceptTcpClientAsync();
        var stream = peer.GetStream();
        await ReadPduAsync(stream);
        await stream.WriteAsync(Acceptance(invoked: 2));
        await using var client = await opening;
        Assert.Equal(new OperationsWindow(2, 1), client.Window);
        var settled = new List<(string Instance, SendOutcome Outcome)>();
        var sending = client.StoreAllAsync(files, (file, outcome) =>
        {
            settled.Add((file.SopInstanceUid, outcome));
            return Task.CompletedTask;
        });

        await ReadObjectsAsync(stream, 2);
        await stream.WriteAsync(Answer(2, 0xA700));
        await ReadObjectsAsync(stream, 1);
        await stream.WriteAsync(Answer(1, 0));
        await stream.WriteAsync(RawPdu.Abort(source: 2));
        peer.Close();
        await sending;

        Assert.Equal(["1.2.2", "1.2.1", "1.2.3"], settled.Select(one => one.Instance));
        Assert.Equal(0xA700, Assert.IsType<SendOutcome.Answered>(settled[0].Outcome).Status.Code);
        Assert.True(Assert.IsType<SendOutcome.Answered>(settled[1].Outcome).Status.IsSuccess);
        Assert.IsType<SendOutcome.Lost>(settled[2].Outcome);
    }

    [Fact]
    public async Task An_answer_to_nothing_that_was_sent_ends_the_association_and_every_object_hears_of_it()
    {
        var files = Files(2);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var opening = OpenAsync(((IPEndPoint)listener.LocalEndpoint).Port, files);
        using var peer = await listener.AcceptTcpClientAsync();
        var stream = peer.GetStream();
        await ReadPduAsync(stream);
        await stream.WriteAsync(Acceptance(invoked: 0));
        await using var client = await opening;
        var settled = new List<SendOutcome>();
        var sending = client.StoreAllAsync(files, (_, outcome) =>
        {
            settled.Add(outcome);
            return Task.CompletedTask;
        });

        await ReadObjectsAsync(stream, 2);
        await stream.WriteAsync(Answer(77, 0));
        await sending;

        Assert.Equal(2, settled.Count);
        Assert.All(settled, outcome => Assert.IsType<AssociationEnd.AbortedHere>(Assert.IsType<SendOutcome.Lost>(outcome).End));
    }

    [Fact]
    public async Task Our_own_provider_agrees_to_a_window_and_keeps_each_object_once_and_whole()
    {
        var files = Files(60);
        await using var provider = new TestProvider();
        await using var client = await OpenAsync(provider.Port, files);
        Assert.Equal(OperationsWindow.Granted, client.Window);
        var settled = new List<string>();

        await client.StoreAllAsync(files, (file, outcome) =>
        {
            Assert.True(Assert.IsType<SendOutcome.Answered>(outcome).Status.IsSuccess);
            settled.Add(file.SopInstanceUid);
            return Task.CompletedTask;
        });

        Assert.Equal(files.Select(file => file.SopInstanceUid), settled);
        Assert.Equal(files.Select(file => file.SopInstanceUid), provider.Stored.Select(one => one.Request.SopInstanceUid));
        Assert.All(provider.Stored, one => Assert.Equal(
            20_000, DicomFile.ReadDataset(one.DataSet, DicomTransferSyntax.Of(one.Request.TransferSyntax)).GetBytes(DicomTag.PixelData).Length));
    }

    private static async Task<DicomClient> OpenAsync(int port, IReadOnlyList<StorageObject> files)
    {
        var opening = await DicomClient.OpenAsync(
            new("SCP", "127.0.0.1", port), ContextProposal.For(files), Options, CancellationToken.None);
        return Assert.IsType<AssociationOpening.Opened>(opening).Client;
    }

    private static byte[] Acceptance(ushort invoked) => RawPdu.Pdu(2, [0, 1, 0, 0, .. RawPdu.Text("X".PadRight(16)), .. new byte[48],
        .. RawPdu.Item(0x21, [1, 0, 0, 0, .. RawPdu.Item(0x40, RawPdu.Text(RawPdu.ExplicitLittleEndian))]),
        .. RawPdu.Item(0x50, [.. RawPdu.Item(0x51, 0, 0, 0x40, 0), .. RawPdu.Item(0x53, 0, (byte)invoked, 0, 1)])]);

    private static byte[] Answer(ushort messageId, ushort status) => RawPdu.DataTransfer(1, 3, RawPdu.Command(
        (0x0100, RawPdu.LittleEndian((ushort)0x8001)), (0x0120, RawPdu.LittleEndian(messageId)),
        (0x0800, RawPdu.LittleEndian((ushort)0x0101)), (0x0900, RawPdu.LittleEndian(status))));

    private static async Task<byte[]> ReadPduAsync(NetworkStream stream)
    {
        var header = new byte[6];
        await stream.ReadExactlyAsync(header);
        var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2))];
        await stream.ReadExactlyAsync(body);
        return body;
    }

    /// <summary>Reads until so many data sets have come to their end: a fragment that is the last and no command (PS3.8 E.2).</summary>
    private static async Task ReadObjectsAsync(NetworkStream stream, int count)
    {
        while (count > 0)
        {
            var body = await ReadPduAsync(stream);
            for (var at = 0; at < body.Length; at += 4 + (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at)))
            {
                count -= body[at + 5] == 2 ? 1 : 0;
            }
        }
    }

    private StorageObject[] Files(int count) => [.. Enumerable.Range(1, count).Select(number =>
    {
        var path = Path.Combine(folder, $"{number}.dcm");
        DicomFile.Create(new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, RawPdu.CtImage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, $"1.2.{number}")
            .AddOrUpdate(DicomTag.BitsAllocated, 16)
            .AddOrUpdate(DicomTag.PixelData, new byte[20_000])).Save(path);
        return StorageObject.Read(path);
    })];
}
