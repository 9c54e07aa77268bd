using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Assembly;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>C-MOVE and C-GET as service class provider (PS3.4 C.4.2, C.4.3).</summary>
internal sealed class RetrieveProvider(
    ArchiveCatalogue archive, Registrar registrar, StoreFolder folder, QueryBook book, MoveClient mover)
{
    public Task<DimseResponse> GetAsync(DimseOperation operation) => RetrieveAsync(operation, "C-GET", async retrieval =>
    {
        var contexts = operation.Contexts.Where(c => c.RequestorIsProvider).ToList();
        await SendAllAsync(retrieval, contexts, operation.StoreAsync);
        return null;
    });

    public Task<DimseResponse> MoveAsync(DimseOperation operation)
    {
        var title = operation.Request.MoveDestination;
        return mover.Find(title) is not { } destination
            ? RefuseAsync(operation, $"C-MOVE to {title}", DimseStatus.MoveDestinationUnknown($"{title} is not configured here"))
            : RetrieveAsync(operation, $"C-MOVE to {destination.Name}", retrieval => MoveAsync(retrieval, destination));
    }

    /// <param name="send">Performs the sub-operations; what kept it from all of them, or null.</param>
    private async Task<DimseResponse> RetrieveAsync(
        DimseOperation operation, string how, Func<Retrieval, Task<string?>> send)
    {
        var (request, refusal) = QueryRequest.Read(operation, isRetrieval: true);
        if (request is null)
        {
            return await RefuseAsync(operation, how, refusal!.Value);
        }
        // What was acknowledged before this request is found by it.
        await registrar.CatchUpAsync(operation.Cancellation);
        var kinds = await archive.KindsAsync(request.Query, operation.Cancellation);
        var retrieval = new Retrieval(operation, request.Query, kinds);
        var status = DimseStatus.Cancel;
        try
        {
            var problem = kinds.Count == 0 ? null : await send(retrieval);
            var final = retrieval.Final(problem);
            status = final.Status;
            return final;
        }
        finally
        {
            await book.RetrievedAsync(
                operation, $"{how} {request.Describe()}", request.Subject, retrieval.Counts, status);
        }
    }

    private async Task<string?> MoveAsync(Retrieval retrieval, DicomDestination destination)
    {
        var operation = retrieval.Operation;
        var opening = await mover.OpenAsync(destination, RetrievalContexts.For(retrieval.Kinds));
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            return $"{destination.AeTitle}: {((AssociationOpening.Failed)opening).End.Describe()}";
        }
        var originator = new MoveOriginator(operation.Association.CallingAeTitle, operation.Request.MessageId);
        await using (client)
        {
            await SendAllAsync(retrieval, client.Contexts, file => client.StoreAsync(file, originator));
        }
        return null;
    }

    /// <summary>Sends until all is sent, the operation is to end, or the association that carries it is lost.</summary>
    private async Task SendAllAsync(
        Retrieval retrieval, IReadOnlyCollection<PresentationContext> contexts, Func<StorageObject, Task<SendOutcome>> send)
    {
        var operation = retrieval.Operation;
        try
        {
            await foreach (var instance in archive.InstancesAsync(retrieval.Query, operation.Cancellation))
            {
                var outcome = await SendAsync(instance, contexts, send);
                await retrieval.NoteAsync(instance, outcome);
                if (outcome is SendOutcome.Lost || operation.Cancellation.IsCancellationRequested)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (operation.IsCancelledByPeer)
        {
            // The final response says how far it came.
        }
    }

    private async Task<SendOutcome> SendAsync(
        Instance instance, IReadOnlyCollection<PresentationContext> contexts, Func<StorageObject, Task<SendOutcome>> send)
    {
        try
        {
            using var outgoing = OutgoingObject.For(folder.Absolute(instance.Path), contexts, folder.Incoming);
            return await send(outgoing.File);
        }
        catch (DicomFormatException problem)
        {
            // Tag path and reason say where; they never repeat a value.
            return new SendOutcome.NoContext($"{problem.TagPath} {problem.Reason}".Trim());
        }
        catch (FileNotFoundException)
        {
            return new SendOutcome.NoContext("the file is missing from the store");
        }
    }

    private async Task<DimseResponse> RefuseAsync(DimseOperation operation, string how, DimseStatus status)
    {
        await book.RetrievedAsync(operation, how, "", default, status);
        return new DimseResponse(status);
    }
}
