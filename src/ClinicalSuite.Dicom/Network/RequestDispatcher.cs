namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Answers the requests of a peer on one association: C-ECHO, C-STORE by the provider of storage, all else by the
/// table.
/// </summary>
/// <param name="readsAhead">
/// While a handler of the table runs the next messages are read already, so that C-CANCEL reaches it; a request among
/// them waits its turn.
/// </param>
internal sealed class RequestDispatcher(
    Association association, AssociationIdentity identity, IStoreProvider? storage, ServiceTable services,
    bool readsAhead)
{
    private Task<DimseMessage?>? reading;

    /// <summary>The next message; null when the association has ended.</summary>
    public async Task<DimseMessage?> NextAsync()
    {
        var next = reading ?? association.ReadMessageAsync().AsTask();
        reading = null;
        return await next.ConfigureAwait(false);
    }

    /// <summary>Performs one request and answers it.</summary>
    public async Task<DimseStatus> AnswerAsync(DimseMessage message, CancellationToken closing)
    {
        var command = message.Command;
        if (command.Field == CommandField.CancelRequest)
        {
            return DimseStatus.Success; // PS3.7 9.3.2.3: no response; what it would cancel has ended
        }
        if (command.Field == CommandField.EchoRequest)
        {
            return await RespondAsync(message, DimseStatus.Success).ConfigureAwait(false);
        }
        if (command.Field == CommandField.StoreRequest)
        {
            var stored = await StoreAsync(message, closing).ConfigureAwait(false);
            return await RespondAsync(message, stored).ConfigureAwait(false);
        }
        if (services.Find(command.Field, command.SopClassUid) is not { } handler)
        {
            return await RespondAsync(message, DimseStatus.UnrecognizedOperation).ConfigureAwait(false);
        }
        if (command.SopClassUid != message.Context.AbstractSyntax)
        {
            return await RespondAsync(message,
                DimseStatus.SopClassNotSupported("SOP class is not the one of the presentation context"))
                .ConfigureAwait(false);
        }
        var (dataSet, refusal) = await ReadBodyAsync(message).ConfigureAwait(false);
        return refusal is { } status
            ? await RespondAsync(message, status).ConfigureAwait(false)
            : await PerformAsync(message, dataSet, handler, closing).ConfigureAwait(false);
    }

    /// <summary>Reads the data set of a message into memory, within the limit.</summary>
    /// <exception cref="AssociationException">The association ended inside it.</exception>
    public async Task<(DicomDataset? DataSet, DimseStatus? Refusal)> ReadBodyAsync(DimseMessage message)
    {
        if (message.DataSet is null)
        {
            return (null, null);
        }
        using var bytes = new MemoryStream();
        var buffer = new byte[16384];
        for (int count; (count = await message.DataSet.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            if (bytes.Length + count > association.Limits.MaximumMessageLength)
            {
                return (null, DimseStatus.ResourceLimitation("data set is too long"));
            }
            bytes.Write(buffer, 0, count);
        }
        try
        {
            var syntax = DicomTransferSyntax.Of(message.Context.TransferSyntax);
            return (DicomFile.ReadDataset(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), syntax), null);
        }
        catch (DicomFormatException problem)
        {
            // Tag path and reason say where; they never repeat a value.
            var reason = $"{problem.TagPath} {problem.Reason}".Trim();
            return (null, message.Command.Field is CommandField.FindRequest or CommandField.GetRequest
                or CommandField.MoveRequest
                    ? DimseStatus.CannotUnderstand(reason) : DimseStatus.ProcessingFailure(reason));
        }
    }

    private async Task<DimseStatus> RespondAsync(DimseMessage message, DimseStatus status)
    {
        // The whole request is taken before it is answered: senders write to the end before they read.
        if (await association.SkipDataSetAsync().ConfigureAwait(false))
        {
            var response = CommandSet.Response(message.Command, new DimseResponse(status));
            await association.SendMessageAsync(message.Context, response).ConfigureAwait(false);
        }
        return status;
    }

    private async Task<DimseStatus> PerformAsync(
        DimseMessage message, DicomDataset? dataSet, ServiceHandler handler, CancellationToken closing)
    {
        using var operation = new DimseOperation(association, identity, message, dataSet, closing);
        if (!readsAhead)
        {
            return (await RunAsync(operation, handler).ConfigureAwait(false)).Status;
        }
        association.ReaderIsElsewhere = true;
        reading = association.ReadMessageAsync(association.Limits.Operation).AsTask();
        try
        {
            var running = RunAsync(operation, handler);
            await ListenAsync(operation, running).ConfigureAwait(false);
            var response = await running.ConfigureAwait(false);
            association.LimitRead(association.Limits.Idle);
            return response.Status;
        }
        catch (AssociationException)
        {
            // The reader finds out how the association ended; nobody may close it before.
            association.LimitRead(association.Limits.Close);
            await reading.ConfigureAwait(false);
            throw;
        }
        catch (Exception failure)
        {
            var isEnd = failure is OperationCanceledException && operation.Cancellation.IsCancellationRequested;
            await association.AbortAsync(isEnd ? "shutting down" : "internal failure").ConfigureAwait(false);
            association.InterruptRead();
            await reading.ConfigureAwait(false);
            if (isEnd)
            {
                throw new AssociationException(association.End!);
            }
            throw;
        }
        finally
        {
            association.ReaderIsElsewhere = false;
        }
    }

    /// <summary>The operation with its final response, which a cancelled one gets too.</summary>
    private static async Task<DimseResponse> RunAsync(DimseOperation operation, ServiceHandler handler)
    {
        await Task.Yield();
        DimseResponse response;
        try
        {
            response = await handler(operation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (operation.IsCancelledByPeer)
        {
            response = new DimseResponse(DimseStatus.Cancel);
        }
        await operation.SendAsync(response).ConfigureAwait(false);
        return response;
    }

    /// <summary>Reads what comes while the operation runs; returns when it has ended.</summary>
    private async Task ListenAsync(DimseOperation operation, Task running)
    {
        while (await Task.WhenAny(running, reading!).ConfigureAwait(false) != running)
        {
            var message = await reading!.ConfigureAwait(false);
            if (message is null)
            {
                await operation.LoseAsync().ConfigureAwait(false);
                await running.ConfigureAwait(false);
                throw new AssociationException(association.End!);
            }
            if (message.Command.IsRequest && message.Command.Field != CommandField.CancelRequest)
            {
                await running.ConfigureAwait(false); // it waits its turn: one operation at a time is performed
                return;
            }
            await TakeAsync(operation, message).ConfigureAwait(false);
            reading = association.ReadMessageAsync(association.Limits.Operation).AsTask();
        }
    }

    private async Task TakeAsync(DimseOperation operation, DimseMessage message)
    {
        if (message.Command.Field == CommandField.CancelRequest)
        {
            if (message.Command.MessageIdBeingRespondedTo == operation.Request.MessageId)
            {
                await operation.CancelAsync().ConfigureAwait(false);
            }
            return;
        }
        var (dataSet, _) = await ReadBodyAsync(message).ConfigureAwait(false);
        if (!operation.TryTake(new DimseReply(message.Command, dataSet)))
        {
            await association.AbortAsync("a response that nothing asked for").ConfigureAwait(false);
        }
    }

    private async ValueTask<DimseStatus> StoreAsync(DimseMessage message, CancellationToken closing)
    {
        var (sopClass, instance) = (message.Command.AffectedSopClassUid, message.Command.AffectedSopInstanceUid);
        if (storage is null)
        {
            return DimseStatus.UnrecognizedOperation;
        }
        if (message.DataSet is null)
        {
            return DimseStatus.MistypedArgument("C-STORE without a data set");
        }
        if (!Uid.IsWellFormed(sopClass))
        {
            return DimseStatus.MistypedArgument("Affected SOP Class UID is missing or malformed");
        }
        if (!Uid.IsWellFormed(instance))
        {
            return DimseStatus.InvalidSopInstance("Affected SOP Instance UID is missing or malformed");
        }
        if (sopClass != message.Context.AbstractSyntax)
        {
            return DimseStatus.SopClassNotSupported("SOP class is not the one of the presentation context");
        }
        var request = new StoreRequest(identity, sopClass, instance, message.Context.TransferSyntax, message.DataSet);
        return await storage.StoreAsync(request, closing).ConfigureAwait(false);
    }
}
