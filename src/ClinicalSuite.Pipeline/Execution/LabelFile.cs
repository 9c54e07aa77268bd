namespace ClinicalSuite.Pipeline.Execution;

/// <summary>Segments from a file (DICOM SEG, RTSTRUCT or mask images, NIfTI, .npy), as of <c>--labels FILE[=name]</c>.</summary>
/// <param name="Name">What an unnamed mask is, e.g. <c>liver</c>; null where the file says it itself.</param>
public sealed record LabelFile(string Path, string? Name);
