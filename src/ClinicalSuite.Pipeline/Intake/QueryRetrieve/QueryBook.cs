using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>Writes down who asked for what: in the log and in the audit trail, names of keys and never their values.
/// </summary>
public sealed class QueryBook(AuditTrail audit, ILogger<QueryBook> log)
{
    internal async Task QueriedAsync(
        DimseOperation operation, string asked, string study, int matches, DimseStatus status)
    {
        var (calling, peer) = (operation.Association.CallingAeTitle, operation.Association.Peer.ToString());
        Log.Queried(log, calling, peer, asked, matches, status.ToString());
        await audit.WriteAsync(calling, peer, "query", study, status.IsSuccess || status.IsCancel,
            $"C-FIND {asked}: {matches} matches, {status}", CancellationToken.None);
    }

    internal async Task RetrievedAsync(
        DimseOperation operation, string how, string study, SuboperationCounts counts, DimseStatus status)
    {
        var (calling, peer) = (operation.Association.CallingAeTitle, operation.Association.Peer.ToString());
        Log.Retrieved(log, calling, peer, how, counts.Completed + counts.Warning, counts.Failed, status.ToString());
        await audit.WriteAsync(calling, peer, "retrieve", study, status.IsSuccess,
            $"{how}: {counts.Completed + counts.Warning} objects sent, {counts.Failed} failed, "
            + $"{counts.Remaining} not tried, {status}", CancellationToken.None);
    }
}
