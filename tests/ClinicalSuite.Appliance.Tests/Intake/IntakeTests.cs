using System.Diagnostics;
using System.Security.Cryptography;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Intake;

public sealed class IntakeTests
{
    [Fact]
    public async Task Acknowledged_object_is_journalled_with_its_hash_and_reads_back_identical()
    {
        await using var host = await IntakeHost.StartAsync();
        var path = host.WriteImage("1.2.3.4", bytes: 400_000);
        Assert.True(Assert.Single(await host.SendAsync(path)).IsSuccess);

        var entry = Assert.Single(host.Journal);
        var kept = Path.Combine(host.Data, entry.Path);
        Assert.Equal("1.2.3.4", entry.SopInstanceUid);
        var bytes = File.ReadAllBytes(kept);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(entry.HeaderLength))), entry.DataSetSha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, entry.HeaderLength))), entry.HeaderSha256);
        Assert.Equal(DataSetOf(path), DataSetOf(kept));
        Assert.Equal(IntakeHost.Modality,
            DicomFile.Open(kept).FileMetaInformation.GetString(DicomTag.SourceApplicationEntityTitle));
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Data, "incoming")));
    }

    /// <summary>What is decoded here and what nobody decodes: kept as it came, fragment by fragment.</summary>
    [Theory]
    [InlineData(DicomUID.JPEG2000Lossless)]
    [InlineData(DicomUID.HTJ2KLossless)]
    [InlineData(DicomUID.JPEGExtended12Bit)]
    [InlineData(DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian)]
    [InlineData(DicomUID.DeflatedImageFrameCompression)]
    [InlineData(DicomUID.JPEGXLLossless)]
    [InlineData(DicomUID.MPEG4HP41)]
    [InlineData(DicomUID.HEVCMP51)]
    public async Task Objects_in_any_transfer_syntax_are_kept_untouched(string syntax)
    {
        await using var host = await IntakeHost.StartAsync();
        var path = Path.Combine(host.Scratch, "encoded.dcm");
        DicomFile.Create(
            IntakeHost.Image("1.2.3.4").AddOrUpdate(new DicomFragmentSequence(
                DicomTag.PixelData, DicomVR.OB, [new DicomFragment(new byte[] { 9, 8, 7, 6 }), new DicomFragment(new byte[300])])),
            DicomTransferSyntax.Of(syntax)).Save(path);

        Assert.True(Assert.Single(await host.SendAsync(path)).IsSuccess);

        var kept = Path.Combine(host.Data, Assert.Single(host.Journal).Path);
        Assert.Equal(syntax, DicomFile.Open(kept).TransferSyntax.Uid);
        Assert.Equal(DataSetOf(path), DataSetOf(kept));
    }

    [Fact]
    public async Task Same_object_again_is_success_and_nothing_new()
    {
        await using var host = await IntakeHost.StartAsync();
        var path = host.WriteImage("1.2.3.4");
        Assert.All(await host.SendAsync(path, path), status => Assert.True(status.IsSuccess));
        Assert.All(await host.SendAsync(path), status => Assert.True(status.IsSuccess));
        Assert.Single(host.Journal);
        Assert.Single(InstanceFiles(host));
    }

    [Fact]
    public async Task Different_object_under_the_same_uid_is_kept_beside_and_flagged()
    {
        await using var host = await IntakeHost.StartAsync();
        string[] paths = [host.WriteImage("1.2.3.4", fill: 1), host.WriteImage("1.2.3.4", fill: 2)];
        Assert.All(await host.SendAsync(paths), status => Assert.True(status.IsSuccess));
        Assert.Equal([false, true], host.Journal.Select(entry => entry.IsConflict));
        Assert.Equal(2, InstanceFiles(host).Length);
        Assert.Equal(DataSetOf(paths[0]), DataSetOf(Path.Combine(host.Data, host.Journal[0].Path)));
    }

    [Theory]
    [InlineData("STRANGER", IntakeHost.Title, "calling AE title not recognized")]
    [InlineData("ELSEWHERE", IntakeHost.Title, "calling AE title not recognized")]
    [InlineData(IntakeHost.Modality, "OTHER", "called AE title not recognized")]
    public async Task Caller_that_is_not_on_the_list_is_refused_and_written_down(
        string calling, string called, string reason)
    {
        await using var host = await IntakeHost.StartAsync();
        await using (var peer = await RawPeer.ConnectAsync(host.Port))
        {
            await peer.SendAsync(RawPdu.AssociateRequest(called, calling));
            peer.EndSending();
            var answer = await peer.ReadToEndAsync();
            Assert.Equal(10, answer.Length);
            Assert.Equal(3, answer[0]);
        }
        await host.StopAsync();
        var line = Assert.Single(await host.CustodyAsync());
        Assert.Equal((CustodyStage.Intake, reason), (line.Stage, line.Cause));
        Assert.NotEmpty(line.Remedy);
        var record = Assert.Single(await host.AuditAsync());
        Assert.Equal(("refuse", calling, "127.0.0.1", false),
            (record.Action, record.Actor, record.Address, record.IsSuccess));
    }

    [Fact]
    public async Task Open_list_takes_any_caller()
    {
        await using var host = await IntakeHost.StartAsync(
            IntakeHost.Settings with { Accept = [], AcceptAnyone = true });
        await using var client = await host.OpenAsync(ContextProposal.Verification, calling: "WHOEVER");
        Assert.IsType<SendOutcome.Answered>(await client.EchoAsync());
    }

    [Fact]
    public async Task Full_disk_is_out_of_resources_and_leaves_nothing_behind()
    {
        await using var host = await IntakeHost.StartAsync(watermarks: new DiskWatermarks { ReserveBytes = long.MaxValue });
        string[] paths = [host.WriteImage("1.2.3.4"), host.WriteImage("1.2.3.5")];
        Assert.All(await host.SendAsync(paths), status => Assert.Equal(0xA700, status.Code));
        Assert.Empty(host.Journal);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Data, "incoming")));
        await host.StopAsync();
        Assert.Equal(2, (await host.CustodyAsync()).Count);
    }

    [Fact]
    public async Task A_sender_beyond_its_quota_is_refused_and_others_are_not()
    {
        await using var host = await IntakeHost.StartAsync(IntakeHost.Settings with
        {
            QuotaBytes = new Dictionary<string, long> { [IntakeHost.Modality] = 15_000 },
        });
        string[] paths = [host.WriteImage("1.2.3.4"), host.WriteImage("1.2.3.5"), host.WriteImage("1.2.3.6")];
        Assert.Equal([0, 0, 0xA701], (await host.SendAsync(paths)).Select(status => (int)status.Code));
        Assert.Equal(2, host.Journal.Count);
        var (code, output) = await TestKit.Network.Dcmtk.RunAsync(
            "storescu", "-aet", "STORESCU", "-aec", IntakeHost.Title, "127.0.0.1", $"{host.Port}", paths[2]);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_title_gets_few_associations_while_the_disk_is_low()
    {
        var low = new DiskWatermarks { WarnFreeShare = 1, WarnFreeBytes = long.MaxValue, RefuseFreeShare = 0, ReserveBytes = 0 };
        await using var host = await IntakeHost.StartAsync(
            IntakeHost.Settings with { AssociationsPerTitleWhenDiskLow = 2 }, low);
        await using var first = await host.OpenAsync(ContextProposal.Verification);
        await using var second = await host.OpenAsync(ContextProposal.Verification);
        var third = await DicomClient.OpenAsync(new(IntakeHost.Title, "127.0.0.1", host.Port), ContextProposal.Verification,
            new DicomClientOptions { CallingAeTitle = IntakeHost.Modality }, CancellationToken.None);
        Assert.Contains("local limit exceeded", Assert.IsType<AssociationOpening.Failed>(third).End.Describe(), StringComparison.Ordinal);
        Assert.True(Assert.IsType<SendOutcome.Answered>(await first.EchoAsync()).Status.IsSuccess);
    }

    [Fact]
    public async Task Data_set_that_cannot_be_read_is_refused_with_its_reason_and_the_association_goes_on()
    {
        await using var host = await IntakeHost.StartAsync();
        var whole = DataSetOf(host.WriteImage("1.2.3.4"));
        await using (var peer = await RawPeer.ConnectAsync(host.Port))
        {
            await peer.SendAsync(RawPdu.AssociateRequest(IntakeHost.Title, IntakeHost.Modality,
                RawPdu.Context(1, RawPdu.CtImage, RawPdu.ExplicitLittleEndian)));
            await peer.ReadPduAsync();
            Assert.Equal(0xC000, await StoreAsync(peer, "1.2.3.4", whole[..^1000])); // pixels cut
            Assert.Equal(0xC000, await StoreAsync(peer, "1.2.3.4", "this is a text file"u8.ToArray()));
            Assert.Equal(0xA900, await StoreAsync(peer, "1.2.3.99", whole)); // announced as another
            Assert.Equal(0x0117, await StoreAsync(peer, "../../../../tmp/evil", whole));
            Assert.Equal(0x0000, await StoreAsync(peer, "1.2.3.4", whole));
            await peer.SendAsync(RawPdu.ReleaseRequest);
            Assert.Equal(RawPdu.ReleaseResponse, await peer.ReadPduAsync());
        }
        await host.StopAsync();
        Assert.Single(host.Journal);
        var lines = await host.CustodyAsync();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain("Secret", line.Text + line.Cause, StringComparison.Ordinal));
        Assert.Contains("7FE0", lines[0].Cause, StringComparison.OrdinalIgnoreCase);
        var received = Assert.Single(await host.AuditAsync());
        Assert.Equal("receive", received.Action);
        Assert.StartsWith("1 objects kept, 4 refused", received.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Association_lost_inside_a_data_set_leaves_nothing_behind()
    {
        await using var host = await IntakeHost.StartAsync();
        var whole = DataSetOf(host.WriteImage("1.2.3.4", bytes: 400_000));
        await using (var peer = await RawPeer.ConnectAsync(host.Port))
        {
            await peer.SendAsync(RawPdu.AssociateRequest(IntakeHost.Title, IntakeHost.Modality,
                RawPdu.Context(1, RawPdu.CtImage, RawPdu.ExplicitLittleEndian)));
            await peer.ReadPduAsync();
            await peer.SendAsync(RawPdu.DataTransfer(1, 3, RawPdu.StoreCommand("1.2.3.4")),
                RawPdu.DataTransfer(1, 0, whole[..100_000]), RawPdu.Abort());
            Assert.Empty(await peer.ReadToEndAsync());
        }
        await host.StopAsync();
        Assert.Empty(host.Journal);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Data, "incoming")));
    }

    [Fact]
    public async Task One_address_cannot_take_all_places_and_is_told_so()
    {
        await using var host = await IntakeHost.StartAsync(
            IntakeHost.Settings with { MaximumAssociationsPerAddress = 2 });
        await using var first = await host.OpenAsync(ContextProposal.Verification);
        await using (var second = await host.OpenAsync(ContextProposal.Verification))
        {
            await using var third = await RawPeer.ConnectAsync(host.Port);
            await third.SendAsync(RawPdu.AssociateRequest(IntakeHost.Title, IntakeHost.Modality));
            Assert.Equal(RawPdu.Pdu(3, 0, 2, 3, 2), await third.ReadPduAsync());
        }
        Assert.IsType<SendOutcome.Answered>(await first.EchoAsync());
    }

    [Fact]
    public async Task Stop_aborts_idle_associations_cleanly_and_at_once()
    {
        await using var host = await IntakeHost.StartAsync();
        await using var peer = await RawPeer.ConnectAsync(host.Port);
        await peer.SendAsync(RawPdu.AssociateRequest(IntakeHost.Title, IntakeHost.Modality));
        await peer.ReadPduAsync();
        var clock = Stopwatch.StartNew();
        await host.StopAsync();
        // The limit of the host is 20 s; an association that held it would take all of that.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(RawPdu.Abort(source: 2, reason: 0), await peer.ReadPduAsync());
    }

    [Fact]
    public async Task Malformed_streams_do_no_harm_and_echo_is_answered_after_each()
    {
        var streams = MalformedStreams.All();
        await using var host = await IntakeHost.StartAsync(IntakeHost.Settings with
        {
            AeTitle = "SCP",
            AcceptAnyone = true,
            Limits = AssociationLimits.Default with
            {
                Artim = TimeSpan.FromMilliseconds(300),
                Message = TimeSpan.FromMilliseconds(300),
                Idle = TimeSpan.FromMilliseconds(300),
                Close = TimeSpan.FromMilliseconds(300),
            },
        });
        // Side by side, because half of them end only by a timer.
        await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (stream, _) =>
        {
            await using var peer = await RawPeer.ConnectAsync(host.Port);
            await peer.TrySendAsync(stream.Bytes);
            await peer.ReadToEndAsync();
            await using var client = await host.OpenAsync(ContextProposal.Verification, called: "SCP");
            Assert.True(await client.EchoAsync() is SendOutcome.Answered { Status.IsSuccess: true }, stream.Name);
        });
        Assert.Empty(host.Journal);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Data, "incoming")));
    }

    private static async Task<ushort> StoreAsync(RawPeer peer, string instance, byte[] dataSet)
    {
        await peer.SendAsync(
            RawPdu.DataTransfer(1, 3, RawPdu.StoreCommand(instance)), RawPdu.DataTransfer(1, 2, dataSet));
        Assert.True(CommandSet.TryParse((await peer.ReadPduAsync()).AsSpan(12), out var response, out _));
        return response.Status.Code;
    }

    private static string[] InstanceFiles(IntakeHost host) =>
        Directory.GetFiles(Path.Combine(host.Data, "instances"), "*", SearchOption.AllDirectories);

    private static byte[] DataSetOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes[(144 + BitConverter.ToInt32(bytes, 140))..];
    }
}
