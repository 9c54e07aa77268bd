using System.Text;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Network;

/// <summary>Requests that a table dispatches, on real connections.</summary>
public sealed class ServiceTableTests : IDisposable
{
    private const string Find = DicomUID.StudyRootQueryRetrieveInformationModelFind;
    private const string Get = DicomUID.StudyRootQueryRetrieveInformationModelGet;
    private const string Commitment = DicomUID.StorageCommitmentPushModel;

    private readonly string folder = Directory.CreateTempSubdirectory("services-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Pending_responses_stream_before_the_final_one()
    {
        await using var provider = Serving(new ServiceTable().On(CommandField.FindRequest, Find, async operation =>
        {
            for (var i = 1; i <= 1000; i++)
            {
                await operation.RespondAsync(new(DimseStatus.Pending, Match(i)));
            }
            return DimseResponse.Success;
        }), Find);
        await using var client = await OpenAsync(provider.Port, [Context(1, Find)], new());
        var seen = new List<int>();
        var outcome = await client.FindAsync(Find, Match(0), reply =>
        {
            seen.Add(reply.DataSet!.GetInt(DicomTag.InstanceNumber));
            return true;
        }, CancellationToken.None);
        Assert.True(Assert.IsType<SendOutcome.Answered>(outcome).Status.IsSuccess);
        Assert.Equal(Enumerable.Range(1, 1000), seen);
    }

    [Fact]
    public async Task Cancel_reaches_the_running_operation_and_the_association_lives_on()
    {
        var endless = new ServiceTable().On(CommandField.FindRequest, Find, async operation =>
        {
            for (var i = 1; ; i++)
            {
                await operation.RespondAsync(new(DimseStatus.Pending, Match(i)));
                operation.Cancellation.ThrowIfCancellationRequested();
            }
        });
        await using var provider = Serving(endless, Find);
        await using var client = await OpenAsync(
            provider.Port, [Context(1, Find), Context(3, RawPdu.Verification)], new());
        var count = 0;
        var outcome = await client.FindAsync(Find, Match(0), _ => ++count < 5, CancellationToken.None);
        Assert.True(Assert.IsType<SendOutcome.Answered>(outcome).Status.IsCancel);
        Assert.Equal(5, count);
        Assert.IsType<SendOutcome.Answered>(await client.EchoAsync());

        using var stop = new CancellationTokenSource();
        outcome = await client.FindAsync(Find, Match(0), reply =>
        {
            stop.Cancel();
            return true;
        }, stop.Token);
        Assert.True(Assert.IsType<SendOutcome.Answered>(outcome).Status.IsCancel);
        Assert.IsType<SendOutcome.Answered>(await client.EchoAsync());
    }

    [Fact]
    public async Task Operation_ends_when_its_peer_is_gone()
    {
        var ended = new TaskCompletionSource();
        await using var provider = Serving(new ServiceTable().On(CommandField.FindRequest, Find, async operation =>
        {
            operation.Cancellation.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, operation.Cancellation);
            return DimseResponse.Success;
        }), Find);
        await using (var peer = await RawPeer.ConnectAsync(provider.Port))
        {
            await peer.SendAsync(RawPdu.AssociateRequest(
                contexts: RawPdu.Context(1, Find, RawPdu.ImplicitLittleEndian)));
            await peer.ReadPduAsync();
            await peer.SendAsync(RawPdu.DataTransfer(1, 3, FindCommand()), RawPdu.DataTransfer(1, 2));
        }
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.IsType<AssociationEnd.Disconnected>((await provider.NextReportAsync()).End);
    }

    [Fact]
    public async Task Request_that_comes_while_another_runs_waits_its_turn()
    {
        var goOn = new TaskCompletionSource();
        await using var provider = Serving(new ServiceTable().On(CommandField.FindRequest, Find, async _ =>
        {
            await goOn.Task;
            return DimseResponse.Success;
        }), Find);
        await using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(RawPdu.AssociateRequest(contexts: [
            .. RawPdu.Context(1, Find, RawPdu.ImplicitLittleEndian),
            .. RawPdu.Context(3, RawPdu.Verification, RawPdu.ImplicitLittleEndian)]));
        await peer.ReadPduAsync();
        await peer.SendAsync(RawPdu.DataTransfer(1, 3, FindCommand()), RawPdu.DataTransfer(1, 2),
            RawPdu.DataTransfer(3, 3, RawPdu.EchoCommand(messageId: 9)));
        goOn.SetResult();
        Assert.Equal(CommandField.FindResponse, FieldOf(await peer.ReadPduAsync()));
        Assert.Equal(CommandField.EchoResponse, FieldOf(await peer.ReadPduAsync()));
    }

    [Fact]
    public async Task Get_sends_on_the_same_association_where_the_role_was_agreed()
    {
        var image = StorageObject.Read(WriteImage("1.2.3.4"));
        var outcomes = new List<SendOutcome>();
        await using var provider = Serving(new ServiceTable().On(CommandField.GetRequest, Get, async operation =>
        {
            outcomes.Add(await operation.StoreAsync(image));
            return new(DimseStatus.Success) { Suboperations = new(0, 1, 0, 0) };
        }), Get);
        var sink = new TestSink();
        var contexts = new[] { Context(1, Get), Context(3, RawPdu.CtImage) };
        await using (var client = await OpenAsync(provider.Port, contexts, new()
        {
            Storage = sink,
            Roles = [new(RawPdu.CtImage, IsUser: false, IsProvider: true)],
        }))
        {
            var outcome = await client.GetAsync(Get, Match(0), _ => { }, CancellationToken.None);
            Assert.Equal(1, Assert.IsType<SendOutcome.Answered>(outcome).Reply!.Suboperations.Completed);
            Assert.IsType<SendOutcome.NoContext>(await client.StoreAsync(image));
        }
        Assert.Equal("1.2.3.4", Assert.Single(sink.Stored).SopInstanceUid);
        Assert.True(Assert.IsType<SendOutcome.Answered>(Assert.Single(outcomes)).Status.IsSuccess);

        await using var plain = await OpenAsync(provider.Port, contexts, new() { Storage = sink });
        await plain.GetAsync(Get, Match(0), _ => { }, CancellationToken.None);
        Assert.IsType<SendOutcome.NoContext>(outcomes[^1]);
    }

    [Fact]
    public async Task Normalized_request_is_answered_with_its_type_and_instance()
    {
        NServiceRequest? reported = null;
        await using var provider = Serving(new ServiceTable().On(CommandField.NActionRequest, Commitment, operation =>
        {
            Assert.Equal((ushort)1, operation.Request.ActionTypeId);
            return Task.FromResult(new DimseResponse(DimseStatus.Success, operation.DataSet));
        }), Commitment);
        await using var client = await OpenAsync(provider.Port, [Context(1, Commitment)], new());
        reported = new(CommandField.NActionRequest, Commitment, "1.2.840.10008.1.20.1.1", Match(7), TypeId: 1);
        var reply = Assert.IsType<SendOutcome.Answered>(await client.RequestAsync(reported)).Reply!;
        Assert.Equal(CommandField.NActionResponse, reply.Command.Field);
        Assert.Equal((ushort)1, reply.Command.ActionTypeId);
        Assert.Equal("1.2.840.10008.1.20.1.1", reply.Command.AffectedSopInstanceUid);
        Assert.Equal(7, reply.DataSet!.GetInt(DicomTag.InstanceNumber));
        var create = reported with { Field = CommandField.NCreateRequest, TypeId = null };
        Assert.Equal(0x0211, Assert.IsType<SendOutcome.Answered>(await client.RequestAsync(create)).Status.Code);
    }

    [Fact]
    public async Task Data_set_beyond_the_limit_is_refused_and_the_association_lives_on()
    {
        await using var provider = Serving(
            new ServiceTable().On(CommandField.FindRequest, Find, _ => Task.FromResult(DimseResponse.Success)), Find,
            AssociationLimits.Default with { MaximumMessageLength = 10_000 });
        await using var client = await OpenAsync(provider.Port, [Context(1, Find)], new());
        var large = Match(1).AddOrUpdate(DicomVR.UT, DicomTag.TextValue, new string('x', 200_000));
        var refused = await client.FindAsync(Find, large, _ => true, CancellationToken.None);
        Assert.Equal(0x0213, Assert.IsType<SendOutcome.Answered>(refused).Status.Code);
        var taken = await client.FindAsync(Find, Match(1), _ => true, CancellationToken.None);
        Assert.True(Assert.IsType<SendOutcome.Answered>(taken).Status.IsSuccess);
    }

    [Fact]
    public async Task Window_extended_negotiation_and_roles_are_answered_by_what_both_sides_can()
    {
        await using var provider = Serving(new ServiceTable(), Find);
        provider.Policy = _ => new AssociationDecision.Accept(new SupportedServices()
            .With(Find, RawPdu.ImplicitLittleEndian).WithExtended(Find, 1, 0, 1)
            .WithStorage([RawPdu.ImplicitLittleEndian], withPrivateClasses: false));
        await using var client = await OpenAsync(provider.Port, [Context(1, Find), Context(3, RawPdu.CtImage)], new()
        {
            Window = 40,
            Extended = [new(Find, new byte[] { 1, 1, 0, 1, 1 }), new("1.2.3", new byte[] { 1 })],
            Roles = [new(RawPdu.CtImage, IsUser: true, IsProvider: true)],
        });
        Assert.Equal(new OperationsWindow(16, 1), client.Window);
        var agreed = Assert.Single(client.Extended);
        Assert.Equal([1, 0, 0, 0, 0], agreed.Information.ToArray());
        Assert.All(client.Contexts, context => Assert.True(context.RequestorIsUser && !context.RequestorIsProvider));
    }

    [Fact]
    public async Task User_identity_reaches_the_policy_and_is_confirmed()
    {
        UserIdentity? seen = null;
        await using var provider = new TestProvider
        {
            Policy = request =>
            {
                seen = request.UserInformation.Identity;
                return new AssociationDecision.Accept(
                    new SupportedServices().With(RawPdu.Verification, RawPdu.ImplicitLittleEndian))
                {
                    ConfirmsIdentity = true,
                };
            },
        };
        await using var client = await OpenAsync(
            provider.Port, ContextProposal.Verification, new() { Identity = UserIdentity.Of("王芳", "pass") });
        Assert.Equal("王芳", seen!.Name);
        Assert.Equal("pass", Encoding.UTF8.GetString(seen.Secondary.Span));
        Assert.DoesNotContain("王芳", seen.ToString(), StringComparison.Ordinal);
        Assert.IsType<SendOutcome.Answered>(await client.EchoAsync());
    }

    [Fact]
    public async Task Common_extended_negotiation_is_read_and_what_is_cut_short_is_aborted()
    {
        AssociateRequest? seen = null;
        await using var provider = new TestProvider
        {
            Policy = request =>
            {
                seen = request;
                return AssociationDecision.Reject.IdentityRefused;
            },
        };
        byte[] item = [.. Short("1.2.3"), .. Short("1.2.840.10008.4.2"), 0, 8, .. Short("1.2.99")];
        await using (var peer = await RawPeer.ConnectAsync(provider.Port))
        {
            await peer.SendAsync(RequestWith(RawPdu.Item(0x57, item)));
            Assert.Equal(3, (await peer.ReadPduAsync())[0]);
        }
        var common = Assert.Single(seen!.UserInformation.CommonExtended);
        Assert.Equal(("1.2.3", "1.2.840.10008.4.2"), (common.SopClassUid, common.ServiceClassUid));
        Assert.Equal(["1.2.99"], common.Related);
        foreach (byte[] cut in (byte[][])[RawPdu.Item(0x57, item[..^3]), RawPdu.Item(0x54, 0, 9, 1), RawPdu.Item(0x58, 2, 1, 0, 200)])
        {
            await using var peer = await RawPeer.ConnectAsync(provider.Port);
            await peer.SendAsync(RequestWith(cut));
            Assert.Equal(7, (await peer.ReadPduAsync())[0]);
        }
    }

    private static byte[] Short(string text) => [0, (byte)text.Length, .. RawPdu.Text(text)];

    private static byte[] RequestWith(byte[] userItem) => RawPdu.Pdu(1, [0, 1, 0, 0,
        .. RawPdu.Text("SCP".PadRight(16)), .. RawPdu.Text("RAW".PadRight(16)), .. new byte[32],
        .. RawPdu.Item(0x10, RawPdu.Text("1.2.840.10008.3.1.1.1")),
        .. RawPdu.Context(1, RawPdu.Verification, RawPdu.ImplicitLittleEndian),
        .. RawPdu.Item(0x50, [.. RawPdu.Item(0x51, 0, 0, 0x40, 0), .. RawPdu.Item(0x52, RawPdu.Text("1.2.3.4")), .. userItem])]);

    private static byte[] FindCommand() => RawPdu.Command(
        (0x0002, RawPdu.Even(Find)), (0x0100, RawPdu.LittleEndian((ushort)0x20)),
        (0x0110, RawPdu.LittleEndian((ushort)5)), (0x0700, RawPdu.LittleEndian((ushort)0)),
        (0x0800, RawPdu.LittleEndian((ushort)1)));

    private static CommandField FieldOf(byte[] pdu)
    {
        Assert.True(CommandSet.TryParse(pdu.AsSpan(12), out var command, out _));
        return command.Field;
    }

    private static ProposedContext Context(byte id, string abstractSyntax) =>
        new(id, abstractSyntax, [RawPdu.ExplicitLittleEndian, RawPdu.ImplicitLittleEndian]);

    private static DicomDataset Match(int number) => new DicomDataset()
        .AddOrUpdate(DicomTag.QueryRetrieveLevel, "STUDY").AddOrUpdate(DicomTag.InstanceNumber, number);

    private static TestProvider Serving(ServiceTable table, string sopClass, AssociationLimits? limits = null) =>
        new(limits, table)
        {
            Policy = _ => new AssociationDecision.Accept(new SupportedServices()
                .With(sopClass, RawPdu.ImplicitLittleEndian, RawPdu.ExplicitLittleEndian)
                .With(RawPdu.Verification, RawPdu.ImplicitLittleEndian)
                .WithStorage([RawPdu.ExplicitLittleEndian], withPrivateClasses: false)
                .WithRequestorAsStorageProvider()),
        };

    private static async Task<DicomClient> OpenAsync(
        int port, IReadOnlyList<ProposedContext> contexts, DicomClientOptions options)
    {
        var opening = await DicomClient.OpenAsync(new("SCP", "127.0.0.1", port), contexts, options, CancellationToken.None);
        return Assert.IsType<AssociationOpening.Opened>(opening).Client;
    }

    private string WriteImage(string instance)
    {
        var path = Path.Combine(folder, instance + ".dcm");
        DicomFile.Create(new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, RawPdu.CtImage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, instance)
            .AddOrUpdate(DicomTag.BitsAllocated, 16)
            .AddOrUpdate(DicomTag.PixelData, new byte[300_000])).Save(path);
        return path;
    }

    private sealed class TestSink : IStoreProvider
    {
        public List<StoreRequest> Stored { get; } = [];

        public async Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation)
        {
            await request.DataSet.CopyToAsync(Stream.Null, cancellation);
            Stored.Add(request);
            return DimseStatus.Success;
        }
    }
}
