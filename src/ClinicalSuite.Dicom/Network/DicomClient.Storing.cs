namespace ClinicalSuite.Dicom.Network;

public sealed partial class DicomClient
{
    // Where the peer sets no limit: what is unanswered must be sent again if the association is lost.
    private const ushort MostUnanswered = 64;

    /// <summary>
    /// C-STORE of many: as many are under way at once as the peer has agreed to (PS3.7 D.3.3.3), so that neither side waits for the
    /// line at each of them. Each gets one outcome, as soon as it is known; answers may come in another order.
    /// </summary>
    /// <exception cref="DicomFormatException">A file has to be written in another syntax and is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read; the association is then aborted.</exception>
    public async Task StoreAllAsync(IEnumerable<StorageObject> files, Func<StorageObject, SendOutcome, Task> settle)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(settle);
        var window = Window.Invoked == 0 ? MostUnanswered : Math.Min(Window.Invoked, MostUnanswered);
        var unanswered = new Dictionary<ushort, StorageObject>();
        foreach (var file in files)
        {
            while (unanswered.Count >= window)
            {
                await TakeAnswerAsync(unanswered, settle).ConfigureAwait(false);
            }

            if (file.ContextAmong(association.Contexts.Where(c => c.RequestorIsUser)) is not { } context)
            {
                await settle(file, SendOutcome.NoContext.For(file)).ConfigureAwait(false);
            }
            else if (association.End is { } end)
            {
                await settle(file, new SendOutcome.Lost(end)).ConfigureAwait(false);
            }
            else
            {
                unanswered.Add(await SendAsync(file, context).ConfigureAwait(false), file);
            }
        }

        while (unanswered.Count > 0)
        {
            await TakeAnswerAsync(unanswered, settle).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the request and does not wait for its answer.</summary>
    /// <returns>Its message ID; if the association was lost over it, the next answer says so.</returns>
    private async Task<ushort> SendAsync(StorageObject file, PresentationContext context)
    {
        await using var dataSet = file.OpenDataSet(DicomTransferSyntax.Of(context.TransferSyntax));
        var command = CommandSet.Request(
            CommandField.StoreRequest, ++lastMessageId, file.SopClassUid, file.SopInstanceUid, hasDataSet: true);
        var isWhole = false;
        try
        {
            await association.SendMessageAsync(context, command, dataSet).ConfigureAwait(false);
            isWhole = true;
        }
        catch (AssociationException)
        {
            isWhole = true; // it has ended; how, is on the association
        }
        finally
        {
            if (!isWhole && association.End is null)
            {
                await association.AbortAsync("a message could not be finished").ConfigureAwait(false);
            }
        }

        return command.MessageId;
    }

    private async Task TakeAnswerAsync(
        Dictionary<ushort, StorageObject> unanswered, Func<StorageObject, SendOutcome, Task> settle)
    {
        try
        {
            while (association.End is null
                && await association.ReadMessageAsync(association.Limits.Response).ConfigureAwait(false) is { } message)
            {
                if (message.Command.IsRequest)
                {
                    await dispatcher.AnswerAsync(message, CancellationToken.None).ConfigureAwait(false);
                    continue;
                }

                var (dataSet, refusal) = await dispatcher.ReadBodyAsync(message).ConfigureAwait(false);
                var reply = new DimseReply(message.Command, dataSet);
                if (refusal is null && !reply.Status.IsPending
                    && unanswered.Remove(message.Command.MessageIdBeingRespondedTo, out var file))
                {
                    await settle(file, new SendOutcome.Answered(reply.Status) { Reply = reply }).ConfigureAwait(false);
                    return;
                }

                await association.AbortAsync("an answer to no message of ours").ConfigureAwait(false);
            }
        }
        catch (AssociationException)
        {
            // The end is on the association.
        }

        foreach (var file in unanswered.Values)
        {
            await settle(file, new SendOutcome.Lost(association.End!)).ConfigureAwait(false);
        }

        unanswered.Clear();
    }
}
