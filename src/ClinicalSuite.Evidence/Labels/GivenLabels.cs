using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>Segments from outside, from one source.</summary>
/// <param name="Object">The DICOM object that they come from; null for other files.</param>
public sealed record GivenLabels(IReadOnlyList<GivenSegment> Segments, ObjectReference? Object = null);
