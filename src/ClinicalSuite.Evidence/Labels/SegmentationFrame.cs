using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>One frame of a segmentation: the segment that it belongs to and where its first pixel lies.</summary>
internal readonly record struct SegmentationFrame(int Index, int Segment, Point3 Position);
