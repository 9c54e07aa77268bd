namespace ClinicalSuite.Evidence.Seg;

/// <summary>A segment as the report refers to it.</summary>
/// <param name="Object">The segmentation that holds it.</param>
/// <param name="SegmentNumber">Its number there, 1 and up.</param>
public sealed record SegmentReference(
    ObjectReference Object, int SegmentNumber, string TrackingId, string TrackingUid);
