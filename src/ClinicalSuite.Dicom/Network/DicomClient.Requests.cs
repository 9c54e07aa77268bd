namespace ClinicalSuite.Dicom.Network;

/// <summary>Requests that are answered more than once, the normalized services, and what the peer asks of us.</summary>
public sealed partial class DicomClient
{
    /// <summary>The window that the peer agreed to.</summary>
    public OperationsWindow Window => association.Window;

    /// <summary>What the peer agreed to by extended negotiation.</summary>
    public IReadOnlyList<ExtendedNegotiation> Extended => association.Extended;

    /// <summary>C-FIND (PS3.7 9.1.2).</summary>
    /// <param name="match">Gets each pending response; false cancels the query.</param>
    /// <param name="cancellation">Cancels it too (C-CANCEL); the peer's final response is still waited for.</param>
    public Task<SendOutcome> FindAsync(
        string sopClassUid, DicomDataset identifier, Func<DimseReply, bool> match, CancellationToken cancellation) =>
        QueryAsync(CommandField.FindRequest, sopClassUid, identifier, null, match, cancellation);

    /// <summary>
    /// C-GET (PS3.7 9.1.3): the objects come by C-STORE to <see cref="DicomClientOptions.Storage"/> on this association.
    /// </summary>
    public Task<SendOutcome> GetAsync(
        string sopClassUid, DicomDataset identifier, Action<DimseReply> progress, CancellationToken cancellation) =>
        QueryAsync(CommandField.GetRequest, sopClassUid, identifier, null, Always(progress), cancellation);

    /// <summary>C-MOVE (PS3.7 9.1.4): the peer sends the objects to a title that it knows.</summary>
    public Task<SendOutcome> MoveAsync(
        string sopClassUid, DicomDataset identifier, string destinationAeTitle, Action<DimseReply> progress,
        CancellationToken cancellation) =>
        QueryAsync(
            CommandField.MoveRequest, sopClassUid, identifier, destinationAeTitle, Always(progress), cancellation);

    /// <summary>A request of a normalized service (PS3.7 10); the reply's data set is in the outcome.</summary>
    public async Task<SendOutcome> RequestAsync(NServiceRequest request)
    {
        // A provider reports where it was given that role; peers that negotiate no roles take the report all the same.
        var provided = request.Field == CommandField.EventReportRequest
            ? association.Contexts.Where(c => c.AbstractSyntax == request.SopClassUid)
                .OrderByDescending(c => c.RequestorIsProvider).FirstOrDefault()
            : ContextOf(request.SopClassUid);
        if (provided is not { } context)
        {
            return new SendOutcome.NoContext($"no accepted presentation context for {request.SopClassUid}");
        }
        using var bytes = request.DataSet is null ? null : Encode(request.DataSet, context);
        var command = CommandSet.NRequest(++lastMessageId, request);
        return await ExchangeAsync(context, command, bytes).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits for one request of the peer, such as an N-EVENT-REPORT, and serves it by
    /// <see cref="DicomClientOptions.Services"/>.
    /// </summary>
    /// <returns>
    /// The kind of the request, or null if none came in time, after which the association still stands, or the
    /// association ended.
    /// </returns>
    public async Task<CommandField?> ServeOneAsync(TimeSpan limit)
    {
        if (!await association.IsHeardAsync(limit).ConfigureAwait(false)
            || await association.ReadMessageAsync(association.Limits.Message).ConfigureAwait(false) is not { } message)
        {
            return null;
        }
        if (!message.Command.IsRequest)
        {
            await association.AbortAsync("a response that nothing asked for").ConfigureAwait(false);
            return null;
        }
        await dispatcher.AnswerAsync(message, CancellationToken.None).ConfigureAwait(false);
        return message.Command.Field;
    }

    private static Func<DimseReply, bool> Always(Action<DimseReply> progress) => reply =>
    {
        progress(reply);
        return true;
    };

    private PresentationContext? ContextOf(string sopClassUid) =>
        association.Contexts.FirstOrDefault(c => c.AbstractSyntax == sopClassUid && c.RequestorIsUser);

    private async Task<SendOutcome> QueryAsync(
        CommandField field, string sopClassUid, DicomDataset identifier, string? destination,
        Func<DimseReply, bool> pending, CancellationToken cancellation)
    {
        if (ContextOf(sopClassUid) is not { } context)
        {
            return new SendOutcome.NoContext($"the peer does not offer {DicomUID.NameOf(sopClassUid)}");
        }
        using var bytes = Encode(identifier, context);
        var command = CommandSet.Request(field, ++lastMessageId, sopClassUid, null, hasDataSet: true);
        command = destination is null ? command : command.WithMoveDestination(destination);
        var limit = field == CommandField.FindRequest ? association.Limits.Response : association.Limits.Retrieve;
        return await ExchangeAsync(context, command, bytes, limit, pending, cancellation).ConfigureAwait(false);
    }

    private static MemoryStream Encode(DicomDataset dataSet, PresentationContext context)
    {
        var bytes = new MemoryStream();
        DicomFile.WriteDataset(dataSet, bytes, DicomTransferSyntax.Of(context.TransferSyntax));
        bytes.Position = 0;
        return bytes;
    }

    /// <summary>Sends a request and reads to its final response.</summary>
    private async Task<SendOutcome> ExchangeAsync(
        PresentationContext context, CommandSet command, Stream? dataSet, TimeSpan limit,
        Func<DimseReply, bool> pending, CancellationToken cancellation)
    {
        if (association.End is { } ended)
        {
            return new SendOutcome.Lost(ended);
        }
        var finished = false;
        try
        {
            if (!await association.SendMessageAsync(context, command, dataSet).ConfigureAwait(false))
            {
                return new SendOutcome.Lost(association.End!);
            }
            var cancel = new Canceller(association, context, command.MessageId, cancellation);
            var outcome = await ReadToFinalAsync(cancel, command.MessageId, limit, pending).ConfigureAwait(false);
            finished = true;
            return outcome;
        }
        catch (AssociationException lost)
        {
            return new SendOutcome.Lost(lost.End);
        }
        finally
        {
            // A message cut in the middle leaves the stream out of step: the association must not be used again.
            if (!finished && association.End is null)
            {
                await association.AbortAsync("a message could not be finished").ConfigureAwait(false);
            }
        }
    }

    private async Task<SendOutcome> ReadToFinalAsync(
        Canceller cancel, ushort messageId, TimeSpan limit, Func<DimseReply, bool> pending)
    {
        while (await cancel.ReadAsync(limit).ConfigureAwait(false) is { } message)
        {
            if (message.Command.IsRequest)
            {
                await dispatcher.AnswerAsync(message, CancellationToken.None).ConfigureAwait(false);
                continue;
            }
            if (message.Command.MessageIdBeingRespondedTo != messageId)
            {
                await association.AbortAsync("an answer to another message").ConfigureAwait(false);
                break;
            }
            var (dataSet, refusal) = await dispatcher.ReadBodyAsync(message).ConfigureAwait(false);
            if (refusal is { } unreadable)
            {
                await association.AbortAsync($"a response that cannot be read: {unreadable.Comment}")
                    .ConfigureAwait(false);
                break;
            }
            var reply = new DimseReply(message.Command, dataSet);
            if (!reply.Status.IsPending)
            {
                return new SendOutcome.Answered(reply.Status) { Reply = reply };
            }
            if (!cancel.IsSent && !pending(reply))
            {
                await cancel.SendAsync().ConfigureAwait(false);
            }
        }
        return new SendOutcome.Lost(association.End!);
    }

    /// <summary>Reads the answers to one request and sends C-CANCEL for it, at most once.</summary>
    private sealed class Canceller(
        Association association, PresentationContext context, ushort messageId, CancellationToken cancellation)
    {
        public bool IsSent { get; private set; }

        public async Task SendAsync()
        {
            IsSent = true;
            await association.SendMessageAsync(context, CommandSet.Cancel(messageId)).ConfigureAwait(false);
        }

        /// <summary>The next message; a cancellation that comes while it is waited for goes to the peer.</summary>
        public async Task<DimseMessage?> ReadAsync(TimeSpan limit)
        {
            if (IsSent || !cancellation.CanBeCanceled)
            {
                return await association.ReadMessageAsync(limit).ConfigureAwait(false);
            }
            association.ReaderIsElsewhere = true;
            try
            {
                Task reading = association.ReadMessageAsync(limit).AsTask();
                await reading.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancellation.IsCancellationRequested)
                {
                    await SendAsync().ConfigureAwait(false);
                }
                return await ((Task<DimseMessage?>)reading).ConfigureAwait(false);
            }
            finally
            {
                association.ReaderIsElsewhere = false;
            }
        }
    }
}
