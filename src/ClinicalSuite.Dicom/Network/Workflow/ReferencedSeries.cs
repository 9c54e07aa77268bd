namespace ClinicalSuite.Dicom.Network.Workflow;

/// <summary>A series with the images that a step or a notice names in it.</summary>
public sealed record ReferencedSeries(string SeriesUid, IReadOnlyList<SopReference> Images);
