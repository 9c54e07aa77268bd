namespace ClinicalSuite.Dicom.Conformance;

/// <summary>The items in a data set, at any depth, in order.</summary>
internal static class ItemTree
{
    public static IEnumerable<DicomDataset> Below(DicomDataset set) =>
        set.OfType<DicomSequence>().SelectMany(sequence => sequence.Items).SelectMany(item => Below(item).Prepend(item));
}
