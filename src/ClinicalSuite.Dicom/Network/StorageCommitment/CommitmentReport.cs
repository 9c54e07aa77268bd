using System.Diagnostics.CodeAnalysis;

namespace ClinicalSuite.Dicom.Network.StorageCommitment;

/// <summary>What became of a request: the event information of N-EVENT-REPORT (PS3.4 J.3.3).</summary>
/// <param name="Committed">Objects that are kept.</param>
/// <param name="Failed">Objects that are not.</param>
public sealed record CommitmentReport(
    string TransactionUid, IReadOnlyList<SopReference> Committed, IReadOnlyList<CommitmentFailure> Failed)
{
    /// <summary>Event Type ID: 1 when all are kept, 2 when failures exist.</summary>
    public ushort EventType => (ushort)(Failed.Count == 0 ? 1 : 2);

    public DicomDataset ToDataset()
    {
        var dataset = new DicomDataset().AddOrUpdate(DicomTag.TransactionUID, TransactionUid);
        if (Committed.Count > 0)
        {
            dataset.AddOrUpdate(DicomTag.ReferencedSOPSequence, [.. Committed.Select(reference => reference.ToItem())]);
        }
        if (Failed.Count > 0)
        {
            dataset.AddOrUpdate(DicomTag.FailedSOPSequence, [.. Failed.Select(
                failure => failure.Reference.ToItem().AddOrUpdate(DicomTag.FailureReason, (int)failure.Reason))]);
        }
        return dataset;
    }

    /// <summary>Reads the event information; on false, <paramref name="problem"/> is the answer to give.</summary>
    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static bool TryRead(
        DicomDataset dataset, [NotNullWhen(true)] out CommitmentReport? report, out DimseStatus problem)
    {
        report = null;
        problem = DimseStatus.Success;
        var transaction = dataset.GetStringOrEmpty(DicomTag.TransactionUID);
        if (!Uid.IsWellFormed(transaction))
        {
            problem = DimseStatus.InvalidArgumentValue("Transaction UID (0008,1195) is missing or no UID");
            return false;
        }
        var committed = dataset.GetSequence(DicomTag.ReferencedSOPSequence).Select(SopReference.Of);
        var failed = dataset.GetSequence(DicomTag.FailedSOPSequence)
            .Where(item => SopReference.Of(item) is not null)
            .Select(item => new CommitmentFailure(
                SopReference.Of(item)!, (ushort)(item.TryGetInt(DicomTag.FailureReason, out var reason) ? reason : 0)));
        report = new(transaction, [.. committed.OfType<SopReference>()], [.. failed]);
        return true;
    }
}
