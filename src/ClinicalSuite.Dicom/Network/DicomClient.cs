using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Dicom.Network;

/// <summary>The requesting side of one association: verification and storage as service class user.</summary>
public sealed class DicomClient : IAsyncDisposable
{
    private readonly StreamTransport transport;
    private readonly Association association;
    private ushort lastMessageId;

    private DicomClient(StreamTransport transport, Association association)
    {
        this.transport = transport;
        this.association = association;
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
        try
        {
            stream = await ConnectAsync(peer, options, cancellation).ConfigureAwait(false);
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
        var transport = new StreamTransport(stream);
        var association = new Association(transport, isRequestor: true, options.Limits, options.Time, cancellation);
        var request = new AssociateRequest(peer.AeTitle, options.CallingAeTitle, contexts,
            UserInformation.Own(options.Limits.MaximumPduLength));
        if (await association.RequestAsync(request).ConfigureAwait(false))
        {
            return new AssociationOpening.Opened(new DicomClient(transport, association));
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
        var command = CommandSet.Request(CommandField.EchoRequest, ++lastMessageId, DicomUID.Verification, null);
        return await ExchangeAsync(context, command, null).ConfigureAwait(false);
    }

    /// <summary>
    /// C-STORE (PS3.7 9.1.1); the file's bytes go out as they are read, in another native syntax if need be.
    /// </summary>
    /// <exception cref="DicomFormatException">The file has to be written in another syntax and is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read; the association is then aborted.</exception>
    public async Task<SendOutcome> StoreAsync(StorageObject file)
    {
        var context = association.Contexts
            .Where(c => c.AbstractSyntax == file.SopClassUid && file.FitsIn(DicomTransferSyntax.Of(c.TransferSyntax)))
            .OrderBy(c => c.TransferSyntax == file.TransferSyntax.Uid ? 0 : 1)
            .FirstOrDefault();
        if (context is null)
        {
            return new SendOutcome.NoContext(
                $"no accepted presentation context for SOP class {file.SopClassUid} in {file.TransferSyntax.Uid}");
        }
        var syntax = DicomTransferSyntax.Of(context.TransferSyntax);
        await using var dataSet = file.OpenDataSet(syntax);
        var command = CommandSet.Request(
            CommandField.StoreRequest, ++lastMessageId, file.SopClassUid, file.SopInstanceUid);
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

    private async Task<SendOutcome> ExchangeAsync(PresentationContext context, CommandSet command, Stream? dataSet)
    {
        if (association.End is { } ended)
        {
            return new SendOutcome.Lost(ended);
        }
        var answered = false;
        try
        {
            if (await association.SendMessageAsync(context, command, dataSet).ConfigureAwait(false)
                && await association.ReadMessageAsync(association.ResponseLimit).ConfigureAwait(false) is { } response)
            {
                answered = true;
                if (!response.Command.IsRequest && response.Command.MessageIdBeingRespondedTo == command.MessageId)
                {
                    return new SendOutcome.Answered(response.Command.Status);
                }
                await association.AbortAsync("an answer to another message").ConfigureAwait(false);
            }
            return new SendOutcome.Lost(association.End!);
        }
        finally
        {
            // A message cut in the middle leaves the stream out of step: the association must not be used again.
            if (!answered && association.End is null)
            {
                await association.AbortAsync("a message could not be finished").ConfigureAwait(false);
            }
        }
    }

    private static AssociationOpening.Failed Failed(string problem) => new(new AssociationEnd.Disconnected(problem));

    private static async Task<Stream> ConnectAsync(
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
                return stream;
            }
            var secured = new SslStream(stream);
            await secured.AuthenticateAsClientAsync(options.Tls, either.Token).ConfigureAwait(false);
            return secured;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
