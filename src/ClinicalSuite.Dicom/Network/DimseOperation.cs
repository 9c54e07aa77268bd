namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// One request under way, as its handler sees it. While it runs, what the peer sends is read beside it: C-CANCEL, the
/// loss of the association and the end of the program all end <see cref="Cancellation"/>.
/// </summary>
public sealed class DimseOperation : IDisposable
{
    private readonly Association association;
    private readonly CancellationTokenSource ending;
    private readonly Dictionary<ushort, TaskCompletionSource<DimseReply>> unanswered = [];
    private ushort lastMessageId;

    internal DimseOperation(
        Association association, AssociationIdentity identity, DimseMessage message, DicomDataset? dataSet,
        CancellationToken closing)
    {
        this.association = association;
        Association = identity;
        Request = message.Command;
        Context = message.Context;
        DataSet = dataSet;
        ending = CancellationTokenSource.CreateLinkedTokenSource(closing);
        Cancellation = ending.Token;
    }

    public AssociationIdentity Association { get; }

    public CommandSet Request { get; }

    public PresentationContext Context { get; }

    /// <summary>The data set of the request (identifier, attribute list, ...), or null if it has none.</summary>
    public DicomDataset? DataSet { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The peer sent C-CANCEL for this very request.</summary>
    public bool IsCancelledByPeer { get; private set; }

    /// <summary>All contexts of the association; a C-GET sends on those where the requestor is provider.</summary>
    public IReadOnlyCollection<PresentationContext> Contexts => association.Contexts;

    /// <summary>True if both sides agreed on the byte of extended negotiation at that place (PS3.4 C.5).</summary>
    public bool IsAgreed(int place) =>
        association.Extended.FirstOrDefault(e => e.SopClassUid == Request.SopClassUid)?.Asks(place) ?? false;

    /// <summary>Sends a pending response.</summary>
    /// <exception cref="AssociationException">The association has ended.</exception>
    public ValueTask RespondAsync(DimseResponse pending) => SendAsync(pending);

    /// <summary>C-STORE of a file on this association, as a sub-operation of C-GET (PS3.4 C.4.3).</summary>
    /// <exception cref="AssociationException">The association has ended.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<SendOutcome> StoreAsync(StorageObject file)
    {
        var context = file.ContextAmong(association.Contexts.Where(c => c.RequestorIsProvider));
        if (context is null)
        {
            return SendOutcome.NoContext.For(file);
        }
        await using var dataSet = file.OpenDataSet(DicomTransferSyntax.Of(context.TransferSyntax));
        var command = CommandSet.Request(
            CommandField.StoreRequest, ++lastMessageId, file.SopClassUid, file.SopInstanceUid, hasDataSet: true);
        var answer = new TaskCompletionSource<DimseReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (unanswered)
        {
            unanswered[command.MessageId] = answer;
        }
        if (!await association.SendMessageAsync(context, command, dataSet).ConfigureAwait(false))
        {
            throw await LostAsync().ConfigureAwait(false);
        }
        // Not cancelled by C-CANCEL: the answer comes all the same, and then belongs to nothing.
        try
        {
            var reply = await answer.Task.WaitAsync(association.Limits.Response).ConfigureAwait(false);
            return new SendOutcome.Answered(reply.Status);
        }
        catch (TimeoutException)
        {
            await association.AbortAsync("no answer to a sub-operation").ConfigureAwait(false);
            throw await LostAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => ending.Dispose();

    internal async ValueTask SendAsync(DimseResponse response)
    {
        var command = CommandSet.Response(Request, response);
        using var bytes = response.DataSet is null ? null : Encode(response.DataSet);
        if (!await association.SendMessageAsync(Context, command, bytes).ConfigureAwait(false))
        {
            throw await LostAsync().ConfigureAwait(false);
        }
    }

    /// <summary>C-CANCEL came.</summary>
    internal async Task CancelAsync()
    {
        IsCancelledByPeer = true;
        await ending.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>The association ended.</summary>
    internal async Task LoseAsync()
    {
        lock (unanswered)
        {
            foreach (var answer in unanswered.Values)
            {
                answer.TrySetException(new AssociationException(association.End!));
            }
            unanswered.Clear();
        }
        await ending.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Takes the response to a sub-operation; false if nothing of this operation waits for it.</summary>
    internal bool TryTake(DimseReply reply)
    {
        TaskCompletionSource<DimseReply>? answer;
        lock (unanswered)
        {
            unanswered.Remove(reply.Command.MessageIdBeingRespondedTo, out answer);
        }
        return answer?.TrySetResult(reply) ?? false;
    }

    private MemoryStream Encode(DicomDataset dataSet)
    {
        var bytes = new MemoryStream();
        DicomFile.WriteDataset(dataSet, bytes, DicomTransferSyntax.Of(Context.TransferSyntax));
        bytes.Position = 0;
        return bytes;
    }

    private async Task<AssociationException> LostAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        return new(association.End ?? new AssociationEnd.Disconnected("connection lost while sending"));
    }
}
