using System.Diagnostics.CodeAnalysis;

namespace ClinicalSuite.Dicom.Network.StorageCommitment;

/// <summary>What an SCU asks to be kept: the action information of N-ACTION type 1 (PS3.4 J.3.2).</summary>
public sealed record CommitmentRequest(string TransactionUid, IReadOnlyList<SopReference> References)
{
    /// <summary>Action Type ID of Request Storage Commitment.</summary>
    public const ushort ActionType = 1;

    public DicomDataset ToDataset() => new DicomDataset()
        .AddOrUpdate(DicomTag.TransactionUID, TransactionUid)
        .AddOrUpdate(DicomTag.ReferencedSOPSequence, [.. References.Select(reference => reference.ToItem())]);

    /// <summary>Reads the action information; on false, <paramref name="problem"/> is the answer to give.</summary>
    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static bool TryRead(
        DicomDataset dataset, [NotNullWhen(true)] out CommitmentRequest? request, out DimseStatus problem)
    {
        request = null;
        problem = DimseStatus.Success;
        var transaction = dataset.GetStringOrEmpty(DicomTag.TransactionUID);
        if (!Uid.IsWellFormed(transaction))
        {
            problem = DimseStatus.InvalidArgumentValue("Transaction UID (0008,1195) is missing or no UID");
            return false;
        }
        var items = dataset.GetSequence(DicomTag.ReferencedSOPSequence);
        var references = items.Select(SopReference.Of).OfType<SopReference>().ToList();
        if (items.Count == 0 || references.Count < items.Count)
        {
            problem = DimseStatus.InvalidArgumentValue("Referenced SOP Sequence (0008,1199) is empty or has no UID");
            return false;
        }
        request = new(transaction, references);
        return true;
    }
}
