using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Seg;

/// <summary>The segmentations of a run, and where each segment is found in them.</summary>
/// <param name="Parts">Exclusive parts: no voxel belongs to two.</param>
/// <param name="Whole">Each segment that includes others, whole; null where none does.</param>
/// <param name="PartReferences">By the segment's number in the label volume.</param>
/// <param name="WholeReferences">Likewise, for segments that include others.</param>
public sealed record SegmentationObjects(
    DicomDataset Parts,
    DicomDataset? Whole,
    IReadOnlyDictionary<int, SegmentReference> PartReferences,
    IReadOnlyDictionary<int, SegmentReference> WholeReferences)
{
    /// <summary>The segment itself, or together with what it includes; for a segment that includes nothing they are the same.</summary>
    public SegmentReference Find(int number, bool whole) =>
        whole && WholeReferences.TryGetValue(number, out var reference) ? reference : PartReferences[number];
}
