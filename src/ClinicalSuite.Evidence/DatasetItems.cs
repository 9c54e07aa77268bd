using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence;

/// <summary>Items of sequences as this assembly reads and writes them.</summary>
internal static class DatasetItems
{
    /// <summary>The first item; null where the sequence is absent or has none.</summary>
    public static DicomDataset? FirstItem(this DicomDataset dataset, DicomTag sequence) =>
        dataset.TryGetFirstItem(sequence, out var item) ? item : null;

    /// <summary>A Code Sequence item (PS3.3 table 8.8-1).</summary>
    /// <exception cref="ArgumentException">The value is longer than CodeValue allows.</exception>
    public static DicomDataset ToItem(this Code code)
    {
        if (code.Value.Length is 0 or > 16)
        {
            throw new ArgumentException($"the code value '{code.Value}' has not 1 to 16 characters", nameof(code));
        }

        return new DicomDataset()
            .AddOrUpdate(DicomTag.CodeValue, code.Value)
            .AddOrUpdate(DicomTag.CodingSchemeDesignator, code.Scheme)
            .AddOrUpdate(DicomTag.CodeMeaning, code.Meaning);
    }

    /// <summary>Reads a Code Sequence item; null where value or scheme is absent.</summary>
    public static Code? ToCode(this DicomDataset? item)
    {
        if (item is null
            || !item.TryGetString(DicomTag.CodeValue, out var value)
            || !item.TryGetString(DicomTag.CodingSchemeDesignator, out var scheme))
        {
            return null;
        }

        return new Code(value, scheme, item.GetStringOrEmpty(DicomTag.CodeMeaning));
    }

    public static DicomDataset SopReference(string sopClassUid, string sopInstanceUid) => new DicomDataset()
        .AddOrUpdate(DicomTag.ReferencedSOPClassUID, sopClassUid)
        .AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, sopInstanceUid);
}
