using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// The requesting side of one association: service class user of verification, storage, query/retrieve and the
/// normalized services. Requests that the peer sends meanwhile are served by what the options name for it.
/// </summary>
public sealed partial class DicomClient : IAsyncDisposable
{
    private readonly StreamTransport transport;
    private readonly Association association;
    private readonly RequestDispatcher dispatcher;
    private ushort lastMessageId;

    private DicomClient(StreamTransport transport, Association association, DicomPeer peer, DicomClientOptions options)
    {
        this.transport = transport;
        this.association = association;
        var identity = new AssociationIdentity(
            Guid.CreateVersion7(options.Time.GetUtcNow()).ToString("N"), options.CallingAeTitle, peer.AeTitle,
            new AssociationPeer((transport.Remote as IPEndPoint)?.Address));
        dispatcher = new RequestDispatcher(association, identity, options.Storage, options.Services, readsAhead: false);
    }

    /// <summary>Contexts that the peer accepted.</summary>
    public IReadOnlyCollection<PresentationContext> Contexts => association.Contexts;

    /// <summary>Connects and asks for an association.</summary>
    /// <param name="cancellation">Also aborts the association later, until the client is disposed.</param>
    public static async Task<AssociationOpening> OpenAsync(
        DicomPeer peer, IReadOnlyList<ProposedContext> contexts, DicomClientOptions options,
        CancellationToken cancellation)
    {
        Stream stream;
        EndPoint? remote;
        try
        {
            (stream, remote) = await ConnectAsync(peer, options, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            return Failed(e is AuthenticationException ? $"TLS: {e.Message}" : e.Message);
        }
        catch (OperationCanceledException)
        {
            return Failed(cancellation.IsCancellationRequested
                ? "cancelled" : $"no connection within {options.Connect.TotalSeconds:0.###} s");
        }
        var transport = new StreamTransport(stream, remote);
        var association = new Association(transport, isRequestor: true, options.Limits, options.Time, cancellation);
        var request = new AssociateRequest(peer.AeTitle, options.CallingAeTitle, contexts,
            UserInformation.Own(options.Limits.MaximumPduLength) with
            {
                Window = options.Window == 1 ? null : new OperationsWindow(options.Window, 1),
                Roles = options.Roles,
                Extended = options.Extended,
                Identity = options.Identity,
            });
        if (await association.RequestAsync(request).ConfigureAwait(false))
        {
            return new AssociationOpening.Opened(new DicomClient(transport, association, peer, options));
        }
        await association.CloseAsync().ConfigureAwait(false);
        association.Dispose();
        await transport.DisposeAsync().ConfigureAwait(false);
        return new AssociationOpening.Failed(association.End!);
    }

    /// <summary>C-ECHO (PS3.7 9.1.5).</summary>
    public async Task<SendOutcome> EchoAsync()
    {
        var context = association.Contexts.FirstOrDefault(c => c.AbstractSyntax == DicomUID.Verification);
        if (context is null)
        {
            return new SendOutcome.NoContext("the peer does not offer verification");
        }
        var command = CommandSet.Request(
            CommandField.EchoRequest, ++lastMessageId, DicomUID.Verification, null, hasDataSet: false);
        return await ExchangeAsync(context, command, null).ConfigureAwait(false);
    }

    /// <summary>
    /// C-STORE (PS3.7 9.1.1); the file's bytes go out as they are read, in another native syntax if need be.
    /// </summary>
    /// <exception cref="DicomFormatException">The file has to be written in another syntax and is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read; the association is then aborted.</exception>
    /// <param name="originator">Whose C-MOVE this is a sub-operation of; null if nobody's.</param>
    public async Task<SendOutcome> StoreAsync(StorageObject file, MoveOriginator? originator = null)
    {
        if (file.ContextAmong(association.Contexts.Where(c => c.RequestorIsUser)) is not { } context)
        {
            return SendOutcome.NoContext.For(file);
        }
        var syntax = DicomTransferSyntax.Of(context.TransferSyntax);
        await using var dataSet = file.OpenDataSet(syntax);
        var command = CommandSet.Request(
            CommandField.StoreRequest, ++lastMessageId, file.SopClassUid, file.SopInstanceUid, hasDataSet: true);
        command = originator is null ? command : command.WithMoveOriginator(originator);
        return await ExchangeAsync(context, command, dataSet).ConfigureAwait(false);
    }

    /// <summary>Releases the association, or aborts it if a request is unanswered, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (association.End is null)
        {
            await association.ReleaseAsync().ConfigureAwait(false);
        }
        await association.CloseAsync().ConfigureAwait(false);
        association.Dispose();
        await transport.DisposeAsync().ConfigureAwait(false);
    }

    private Task<SendOutcome> ExchangeAsync(PresentationContext context, CommandSet command, Stream? dataSet) =>
        ExchangeAsync(context, command, dataSet, association.Limits.Response, static _ => true, CancellationToken.None);

    private static AssociationOpening.Failed Failed(string problem) => new(new AssociationEnd.Disconnected(problem));

    private static async Task<(Stream Stream, EndPoint? Remote)> ConnectAsync(
        DicomPeer peer, DicomClientOptions options, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Connect, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(peer.Host, peer.Port, either.Token).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is null)
            {
                return (stream, socket.RemoteEndPoint);
            }
            var secured = new SslStream(stream);
            await secured.AuthenticateAsClientAsync(options.Tls, either.Token).ConfigureAwait(false);
            return (secured, socket.RemoteEndPoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
