using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Network;

public sealed class DicomClientTests : IDisposable
{
    private static readonly DicomClientOptions Options = new() { CallingAeTitle = "TESTS" };

    private readonly string folder = Directory.CreateTempSubdirectory("network-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Echo_is_answered_with_success()
    {
        await using var provider = new TestProvider();
        await using var client = await OpenAsync(provider.Port, ContextProposal.Verification);
        var answer = Assert.IsType<SendOutcome.Answered>(await client.EchoAsync());
        Assert.True(answer.Status.IsSuccess);
        answer = Assert.IsType<SendOutcome.Answered>(await client.EchoAsync());
        Assert.True(answer.Status.IsSuccess);
    }

    [Theory]
    [InlineData(RawPdu.ExplicitLittleEndian)]
    [InlineData(RawPdu.ImplicitLittleEndian)]
    public async Task File_arrives_in_the_syntax_that_the_peer_chose(string chosen)
    {
        var path = WriteImage("1.2.3.4", 300_000);
        await using var provider = new TestProvider();
        provider.Policy = _ => new AssociationDecision.Accept(
            new SupportedServices().WithStorage([chosen], withPrivateClasses: false));
        var file = StorageObject.Read(path);
        await using (var client = await OpenAsync(provider.Port, ContextProposal.For([file])))
        {
            Assert.True(Assert.IsType<SendOutcome.Answered>(await client.StoreAsync(file)).Status.IsSuccess);
        }
        var (request, bytes) = Assert.Single(provider.Stored);
        Assert.Equal(chosen, request.TransferSyntax);
        Assert.Equal("1.2.3.4", request.SopInstanceUid);
        var received = DicomFile.ReadDataset(bytes, DicomTransferSyntax.Of(chosen));
        var sent = DicomFile.Open(path).Dataset;
        Assert.Equal(sent.GetBytes(DicomTag.PixelData), received.GetBytes(DicomTag.PixelData));
        Assert.Equal(sent.GetString(DicomTag.PatientName), received.GetString(DicomTag.PatientName));
        Assert.IsType<AssociationEnd.Released>((await provider.NextReportAsync()).End);
    }

    [Fact]
    public async Task Sop_class_that_the_peer_refused_is_not_sent_and_the_association_lives_on()
    {
        var image = StorageObject.Read(WriteImage("1.2.3.4", 100));
        await using var provider = new TestProvider();
        provider.Policy = _ => new AssociationDecision.Accept(
            new SupportedServices().With(RawPdu.Verification, RawPdu.ImplicitLittleEndian));
        await using var client = await OpenAsync(provider.Port,
            [.. ContextProposal.For([image]), new(9, RawPdu.Verification, [RawPdu.ImplicitLittleEndian])]);
        Assert.IsType<SendOutcome.NoContext>(await client.StoreAsync(image));
        Assert.IsType<SendOutcome.Answered>(await client.EchoAsync());
    }

    [Fact]
    public async Task Refusal_of_the_peer_is_a_value()
    {
        await using var provider = new TestProvider
        {
            Policy = _ => AssociationDecision.Reject.CalledAeTitleNotRecognized,
        };
        var opening = await DicomClient.OpenAsync(new("X", "127.0.0.1", provider.Port), ContextProposal.Verification,
            Options, CancellationToken.None);
        var end = Assert.IsType<AssociationEnd.Rejected>(Assert.IsType<AssociationOpening.Failed>(opening).End);
        Assert.Equal("called AE title not recognized", end.Reject.Description);
        Assert.False(end.Reject.IsTransient);
    }

    [Fact]
    public async Task Nobody_listening_is_a_value()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var opening = await DicomClient.OpenAsync(
            new("X", "127.0.0.1", port), ContextProposal.Verification, Options, CancellationToken.None);
        Assert.IsType<AssociationEnd.Disconnected>(Assert.IsType<AssociationOpening.Failed>(opening).End);
    }

    [Fact]
    public async Task Peer_that_accepts_and_never_answers_is_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var opening = await DicomClient.OpenAsync(
            new("X", "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), ContextProposal.Verification,
            Options with { Limits = TestProvider.Quick }, CancellationToken.None);
        var end = Assert.IsType<AssociationEnd.AbortedHere>(Assert.IsType<AssociationOpening.Failed>(opening).End);
        Assert.Contains("nothing came", end.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_in_the_middle_of_an_object_is_told_with_its_source()
    {
        var file = StorageObject.Read(WriteImage("1.2.3.4", 8_000_000));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var opening = DicomClient.OpenAsync(
            new("X", "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), ContextProposal.For([file]), Options,
            CancellationToken.None);
        using var peer = await listener.AcceptTcpClientAsync();
        var stream = peer.GetStream();
        await stream.ReadExactlyAsync(new byte[74]);
        await stream.WriteAsync(RawPdu.Pdu(2, [0, 1, 0, 0, .. RawPdu.Text("X".PadRight(16)), .. new byte[48],
            .. RawPdu.Item(0x21, [1, 0, 0, 0, .. RawPdu.Item(0x40, RawPdu.Text(RawPdu.ExplicitLittleEndian))]),
            .. RawPdu.Item(0x50, RawPdu.Item(0x51, 0, 0, 0x40, 0))]));
        await using var client = Assert.IsType<AssociationOpening.Opened>(await opening).Client;
        var storing = client.StoreAsync(file);
        await stream.ReadExactlyAsync(new byte[100_000]);
        await stream.WriteAsync(RawPdu.Abort(source: 2, reason: 6));
        peer.Close();
        var lost = Assert.IsType<SendOutcome.Lost>(await storing);
        Assert.Equal(
            new AssociationEnd.AbortedByPeer(AbortSource.ServiceProvider, AbortReason.InvalidPduParameterValue), lost.End);
        Assert.IsType<SendOutcome.Lost>(await client.StoreAsync(file));
    }

    [Theory]
    [InlineData("PACS@10.0.0.7:104", "PACS", "10.0.0.7", 104)]
    [InlineData("A@[::1]:11112", "A", "::1", 11112)]
    public void Peers_are_written_as_title_at_host_and_port(string text, string title, string host, int port)
    {
        Assert.True(DicomPeer.TryParse(text, out var peer));
        Assert.Equal(new DicomPeer(title, host, port), peer);
    }

    [Theory]
    [InlineData("PACS")]
    [InlineData("@h:104")]
    [InlineData("A@h:0")]
    [InlineData("A@h:70000")]
    [InlineData("SEVENTEEN-LETTERS@h:104")]
    [InlineData("A@:104")]
    public void Other_forms_of_peers_are_refused(string text) => Assert.False(DicomPeer.TryParse(text, out _));

    private static async Task<DicomClient> OpenAsync(int port, IReadOnlyList<ProposedContext> contexts)
    {
        var opening = await DicomClient.OpenAsync(
            new("SCP", "127.0.0.1", port), contexts, Options, CancellationToken.None);
        return Assert.IsType<AssociationOpening.Opened>(opening).Client;
    }

    private string WriteImage(string instance, int bytes)
    {
        var path = Path.Combine(folder, instance + ".dcm");
        DicomFile.Create(new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, RawPdu.CtImage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, instance)
            .AddOrUpdate(DicomTag.PatientName, "Phantom^A")
            .AddOrUpdate(DicomTag.BitsAllocated, 16)
            .AddOrUpdate(DicomTag.PixelData, [.. Enumerable.Range(0, bytes).Select(i => (byte)(i * 31))])).Save(path);
        return path;
    }
}
