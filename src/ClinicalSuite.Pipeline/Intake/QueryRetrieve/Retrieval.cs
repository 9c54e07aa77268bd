using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>
/// The sub-operations of one C-MOVE or C-GET (PS3.4 C.4.2, C.4.3): counts them, reports them, and says at the end which
/// failed.
/// </summary>
internal sealed class Retrieval(
    DimseOperation operation, ArchiveQuery query,
    IReadOnlyList<(string SopClassUid, string TransferSyntaxUid, int Count)> kinds)
{
    // (0008,0058) has a length of 16 bits in explicit VR: a thousand UIDs of 64 characters.
    private const int MostFailuresNamed = 1000;

    private readonly List<string> failed = [];
    private readonly int total = kinds.Sum(kind => kind.Count);
    private int completed;
    private int warning;
    private int failures;

    public DimseOperation Operation => operation;

    public ArchiveQuery Query => query;

    /// <summary>SOP classes and transfer syntaxes of what is retrieved.</summary>
    public IEnumerable<(string SopClassUid, string TransferSyntaxUid)> Kinds =>
        kinds.Select(kind => (kind.SopClassUid, kind.TransferSyntaxUid));

    public SuboperationCounts Counts => new(
        Math.Max(0, total - completed - warning - failures), completed, failures, warning);

    /// <summary>Notes what came of one object and tells the requestor.</summary>
    /// <exception cref="AssociationException">The association of the requestor has ended.</exception>
    public async Task NoteAsync(Instance instance, SendOutcome outcome)
    {
        if (outcome is SendOutcome.Answered { Status.IsSuccess: true })
        {
            completed++;
        }
        else if (outcome is SendOutcome.Answered { Status.IsWarning: true })
        {
            warning++;
        }
        else
        {
            failures++;
            if (failed.Count < MostFailuresNamed)
            {
                failed.Add(instance.SopInstanceUid);
            }
        }
        await operation.RespondAsync(new DimseResponse(DimseStatus.Pending) { Suboperations = Counts });
    }

    /// <summary>The final response (PS3.4 table C.4-2): what was not tried has failed, unless it was cancelled.</summary>
    public DimseResponse Final(string? problem)
    {
        var isCancelled = operation.IsCancelledByPeer;
        if (!isCancelled)
        {
            failures += Counts.Remaining;
        }
        var status = isCancelled ? DimseStatus.Cancel
            : failures == 0 ? warning == 0 ? DimseStatus.Success : DimseStatus.SuboperationsWithFailures(null)
            : completed + warning == 0 ? DimseStatus.NoSuboperationDone(problem ?? "no object could be sent")
            : DimseStatus.SuboperationsWithFailures(problem);
        return new DimseResponse(status, failed.Count == 0 ? null : new DicomDataset()
            .AddOrUpdate(DicomTag.FailedSOPInstanceUIDList, [.. failed]))
        {
            Suboperations = Counts,
        };
    }
}
