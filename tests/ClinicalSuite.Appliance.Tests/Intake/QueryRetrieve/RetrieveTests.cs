using System.Collections.Concurrent;
using System.Net;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.TestKit.Network;
using Xunit;
using static ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve.SmallArchive;

namespace ClinicalSuite.Appliance.Tests.Intake.QueryRetrieve;

/// <summary>C-MOVE and C-GET of the appliance, by our own client and to receivers of our own.</summary>
public sealed class RetrieveTests
{
    private const string Get = DicomUID.StudyRootQueryRetrieveInformationModelGet;
    private const string Move = DicomUID.StudyRootQueryRetrieveInformationModelMove;

    [Fact]
    public async Task Get_brings_each_object_of_the_study_as_it_was_stored()
    {
        await using var archive = await SmallArchive.StartAsync();
        var receiver = new Receiver();
        var (status, counts, _) = await GetAsync(archive, receiver, [RawPdu.ExplicitLittleEndian], "STUDY", $"StudyInstanceUID={WangStudy}");
        Assert.True(status.IsSuccess);
        Assert.Equal(new SuboperationCounts(0, 4, 0, 0), counts);
        Assert.Equal(4, receiver.Stored.Count);
        foreach (var (uid, dataSet) in receiver.Stored)
        {
            var sent = DicomFile.Open(Path.Combine(archive.Host.Scratch, uid + ".dcm")).Dataset;
            using var bytes = new MemoryStream();
            DicomFile.WriteDataset(sent, bytes, DicomTransferSyntax.ExplicitVRLittleEndian);
            Assert.Equal(bytes.ToArray(), dataSet);
        }
        (status, counts, _) = await GetAsync(archive, receiver, [RawPdu.ExplicitLittleEndian], "IMAGE", $"StudyInstanceUID={WangStudy}",
            $"SeriesInstanceUID={WangStudy}.1", $"SOPInstanceUID={Uid(WangStudy, 1, 1)}\\{Uid(WangStudy, 1, 3)}");
        Assert.Equal(2, counts.Completed);
    }

    [Fact]
    public async Task Compressed_object_is_decoded_for_a_receiver_without_the_codec_and_native_one_encoded()
    {
        await using var archive = await SmallArchive.StartAsync();
        const string study = "1.2.826.0.3.1";
        var native = archive.Write(study, 1, 1, "CT", "A", "A", "ISO_IR 192", "20260101");
        var packed = archive.Write(study, 1, 2, "CT", "A", "A", "ISO_IR 192", "20260101",
            dataset => DicomFile.Create(DicomPixelData.Encode(dataset, DicomTransferSyntax.RLELossless), DicomTransferSyntax.RLELossless));
        Assert.All(await archive.Host.SendAsync(native, packed), status => Assert.True(status.IsSuccess));
        foreach (var syntax in (string[])[RawPdu.ExplicitLittleEndian, RawPdu.ImplicitLittleEndian, DicomUID.RLELossless])
        {
            var receiver = new Receiver();
            var (status, counts, _) = await GetAsync(archive, receiver, [syntax], "STUDY", $"StudyInstanceUID={study}");
            Assert.True(status.IsSuccess, $"{syntax}: {status}");
            Assert.Equal(2, counts.Completed);
            foreach (var (uid, dataSet) in receiver.Stored)
            {
                var pixels = DicomPixelData.Create(DicomFile.ReadDataset(dataSet, DicomTransferSyntax.Of(syntax)), DicomTransferSyntax.Of(syntax));
                var sent = DicomPixelData.Create(DicomFile.Open(uid.EndsWith(".1", StringComparison.Ordinal) ? native : packed).Dataset);
                Assert.Equal(sent.GetFrame(0).ToArray(), pixels.GetFrame(0).ToArray());
            }
        }
        Assert.Empty(Directory.GetFiles(Path.Combine(archive.Host.Data, "incoming")));
    }

    [Fact]
    public async Task What_the_receiver_does_not_take_is_named_in_the_final_response()
    {
        await using var archive = await SmallArchive.StartAsync();
        var receiver = new Receiver { Refuse = uid => uid == Uid(WangStudy, 1, 2), Warn = uid => uid == Uid(WangStudy, 1, 3) };
        var (status, counts, failed) = await GetAsync(
            archive, receiver, [RawPdu.ExplicitLittleEndian], "SERIES", $"StudyInstanceUID={WangStudy}", $"SeriesInstanceUID={WangStudy}.1");
        Assert.Equal(0xB000, status.Code);
        Assert.Equal(new SuboperationCounts(0, 1, 1, 1), counts);
        Assert.Equal([Uid(WangStudy, 1, 2)], failed);
        receiver.Refuse = _ => true;
        (status, counts, failed) = await GetAsync(
            archive, receiver, [RawPdu.ExplicitLittleEndian], "STUDY", $"StudyInstanceUID={WangStudy}");
        Assert.Equal(0xA702, status.Code);
        Assert.Equal(4, failed.Count);
        (status, counts, _) = await GetAsync(archive, receiver, [RawPdu.ExplicitLittleEndian], "STUDY", "StudyInstanceUID=1.2.9.9");
        Assert.True(status.IsSuccess);
        Assert.Equal(default, counts);
    }

    [Fact]
    public async Task Move_sends_to_configured_destinations_and_says_on_whose_behalf()
    {
        var receiver = new Receiver();
        await using var pacs = receiver.Listen("PACS");
        await using var archive = await SmallArchive.StartAsync(
            s => s with { Destinations = [new("PACS", "127.0.0.1", pacs.Port), new("GONE", "127.0.0.1", DcmtkServer.FreePort())] });
        await using var client = await archive.Host.OpenAsync([new(1, Move, [RawPdu.ImplicitLittleEndian])]);
        var identifier = Identifier("STUDY", $"StudyInstanceUID={WangStudy}");
        var pending = new List<SuboperationCounts>();
        var moved = Answer(await client.MoveAsync(Move, identifier, "PACS", reply => pending.Add(reply.Suboperations), default));
        Assert.True(moved.Status.IsSuccess);
        Assert.Equal(new SuboperationCounts(0, 4, 0, 0), moved.Suboperations);
        Assert.Equal([3, 2, 1, 0], pending.Select(p => p.Remaining));
        Assert.Equal(4, receiver.Stored.Count);

        var unknown = Answer(await client.MoveAsync(Move, identifier, "NOWHERE", _ => { }, default));
        Assert.Equal(0xA801, unknown.Status.Code);
        var gone = Answer(await client.MoveAsync(Move, identifier, "GONE", _ => { }, default));
        Assert.Equal(0xA702, gone.Status.Code);
        Assert.Equal(4, gone.Suboperations.Failed);
        var bare = Answer(await client.MoveAsync(Move, Identifier("STUDY", "PatientID=W1"), "PACS", _ => { }, default));
        Assert.Equal(0xA900, bare.Status.Code);

        var audit = (await archive.Host.AuditAsync()).Where(record => record.Action == "retrieve").Reverse().ToList();
        Assert.Equal([true, false, false, false], audit.Select(record => record.IsSuccess));
        Assert.Equal(WangStudy, audit[0].Subject);
    }

    [Fact]
    public async Task Cancel_ends_a_move_and_the_final_response_says_how_far_it_came()
    {
        // Far more objects than can be sent until the appliance has read one message.
        const int Many = 150;
        const string study = "1.2.826.0.4.1";
        var receiver = new Receiver();
        await using var pacs = receiver.Listen("PACS");
        await using var archive = await SmallArchive.StartAsync(s => s with { Destinations = [new("PACS", "127.0.0.1", pacs.Port)] });
        var files = Enumerable.Range(1, Many).Select(i => archive.Write(study, 1, i, "CT", "A", "A", "ISO_IR 192", "20260101"));
        Assert.All(await archive.Host.SendAsync([.. files]), status => Assert.True(status.IsSuccess));
        await using var client = await archive.Host.OpenAsync([new(1, Move, [RawPdu.ImplicitLittleEndian])]);
        using var stop = new CancellationTokenSource();
        var reply = Answer(await client.MoveAsync(
            Move, Identifier("STUDY", $"StudyInstanceUID={study}"), "PACS", _ => stop.Cancel(), stop.Token));
        Assert.True(reply.Status.IsCancel, reply.Status.ToString());
        Assert.InRange(reply.Suboperations.Completed, 1, Many - 1);
        Assert.Equal(Many, reply.Suboperations.Completed + reply.Suboperations.Remaining);
        Assert.Equal(receiver.Stored.Count, reply.Suboperations.Completed);
    }

    private static DimseReply Answer(SendOutcome outcome) => Assert.IsType<SendOutcome.Answered>(outcome).Reply!;

    private static async Task<(DimseStatus Status, SuboperationCounts Counts, IReadOnlyList<string> Failed)> GetAsync(
        SmallArchive archive, Receiver receiver, string[] syntaxes, string level, params string[] keys)
    {
        var options = new DicomClientOptions { Storage = receiver, Roles = [new(RawPdu.CtImage, IsUser: false, IsProvider: true)] };
        await using var client = await archive.Host.OpenAsync(
            [new(1, Get, [RawPdu.ImplicitLittleEndian]), new(3, RawPdu.CtImage, syntaxes)], options: options);
        var reply = Answer(await client.GetAsync(Get, Identifier(level, keys), _ => { }, CancellationToken.None));
        return (reply.Status, reply.Suboperations, reply.DataSet?.GetStrings(DicomTag.FailedSOPInstanceUIDList) ?? []);
    }

    /// <summary>Takes objects, on an association of ours or as a listener.</summary>
    private sealed class Receiver : IStoreProvider, IAssociationPolicy
    {
        public ConcurrentDictionary<string, byte[]> Stored { get; } = [];

        public Func<string, bool> Refuse { get; set; } = _ => false;

        public Func<string, bool> Warn { get; init; } = _ => false;

        public DicomListener Listen(string aeTitle) => DicomListener.Start(new IPEndPoint(IPAddress.Loopback, 0),
            new ServiceClassProvider(this, this, AssociationLimits.Default, TimeProvider.System));

        public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer) => new AssociationDecision.Accept(
            new SupportedServices().WithStorage([RawPdu.ExplicitLittleEndian], withPrivateClasses: false));

        public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
        {
            using var bytes = new MemoryStream();
            await request.DataSet.CopyToAsync(bytes, cancellation);
            if (Refuse(request.SopInstanceUid))
            {
                return DimseStatus.OutOfResources("full");
            }
            Stored[request.SopInstanceUid] = bytes.ToArray();
            return Warn(request.SopInstanceUid) ? new DimseStatus(0xB000) : DimseStatus.Success;
        }
    }
}
