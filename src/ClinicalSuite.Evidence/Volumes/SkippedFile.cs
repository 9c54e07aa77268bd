using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>A file of a folder or archive that was not read, and why.</summary>
public sealed record SkippedFile(InputFile File, Code Reason, string Cause);
