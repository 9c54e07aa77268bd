using System.IO.Pipelines;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Serves associations: verification, storage through the given provider, and whatever the table has handlers for.
/// </summary>
/// <param name="services">The policy must accept the SOP classes of its rows too.</param>
public sealed class ServiceClassProvider(
    IAssociationPolicy policy, IStoreProvider storage, AssociationLimits limits, TimeProvider time,
    ServiceTable? services = null)
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
                var dispatcher = new RequestDispatcher(association, identity, storage, services ?? new(),
                    readsAhead: true);
                while (await dispatcher.NextAsync().ConfigureAwait(false) is { } message)
                {
                    if (!message.Command.IsRequest)
                    {
                        await association.AbortAsync("a response that nothing asked for").ConfigureAwait(false);
                        continue;
                    }
                    var status = await dispatcher.AnswerAsync(message, closing).ConfigureAwait(false);
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
}
