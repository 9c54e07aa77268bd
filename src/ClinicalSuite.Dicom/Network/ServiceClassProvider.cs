using System.IO.Pipelines;

namespace ClinicalSuite.Dicom.Network;

/// <summary>Serves associations: verification, and storage through the given provider.</summary>
public sealed class ServiceClassProvider(
    IAssociationPolicy policy, IStoreProvider storage, AssociationLimits limits, TimeProvider time)
{
    /// <summary>Carries one connection from its first byte to its end.</summary>
    /// <param name="established">Called once when the association stands, before its first message.</param>
    public async Task<AssociationReport> RunAsync(
        IDuplexPipe transport,
        AssociationPeer peer,
        CancellationToken closing,
        Func<AssociationIdentity, ValueTask>? established = null)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        using var association = new Association(transport, isRequestor: false, limits, time, closing);
        int stored = 0, refused = 0;
        if (await association.AcceptAsync(policy, peer).ConfigureAwait(false))
        {
            var identity = Identify(id, association, peer);
            if (established is not null)
            {
                await established(identity).ConfigureAwait(false);
            }
            try
            {
                while (await association.ReadMessageAsync().ConfigureAwait(false) is { } message)
                {
                    var status = await AnswerAsync(association, identity, message, closing).ConfigureAwait(false);
                    if (message.Command.Field == CommandField.StoreRequest && association.End is null)
                    {
                        _ = status.IsSuccess || status.IsWarning ? stored++ : refused++;
                    }
                }
            }
            catch (AssociationException)
            {
                // The end is on the association; the provider of storage has already undone its part.
            }
            catch
            {
                await association.AbortAsync("internal failure").ConfigureAwait(false);
                throw;
            }
        }
        await association.CloseAsync().ConfigureAwait(false);
        return new(Identify(id, association, peer), association.End!, stored, refused);
    }

    private static AssociationIdentity Identify(string id, Association association, AssociationPeer peer) =>
        new(id, association.Request?.CallingAeTitle ?? "", association.Request?.CalledAeTitle ?? "", peer);

    private async ValueTask<DimseStatus> AnswerAsync(
        Association association, AssociationIdentity identity, DimseMessage message, CancellationToken closing)
    {
        var command = message.Command;
        if (!command.IsRequest)
        {
            await association.AbortAsync("a response that nothing asked for").ConfigureAwait(false);
            return DimseStatus.UnrecognizedOperation;
        }
        if (command.Field == CommandField.CancelRequest)
        {
            return DimseStatus.Success; // PS3.7 9.3.2.3: no response; what it would cancel has ended
        }
        var status = command.Field switch
        {
            CommandField.EchoRequest => DimseStatus.Success,
            CommandField.StoreRequest => await StoreAsync(identity, message, closing).ConfigureAwait(false),
            _ => DimseStatus.UnrecognizedOperation,
        };
        // The whole request is taken before it is answered: senders write to the end before they read.
        if (await association.SkipDataSetAsync().ConfigureAwait(false))
        {
            var response = CommandSet.Response(command, status);
            await association.SendMessageAsync(message.Context, response).ConfigureAwait(false);
        }
        return status;
    }

    private async ValueTask<DimseStatus> StoreAsync(
        AssociationIdentity identity, DimseMessage message, CancellationToken closing)
    {
        var (sopClass, instance) = (message.Command.AffectedSopClassUid, message.Command.AffectedSopInstanceUid);
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
