using ClinicalSuite.Imaging;

namespace ClinicalSuite.Findings;

/// <summary>A mask (non-zero is inside) from outside, on a grid of its own, and where it came from.</summary>
/// <param name="Label">Name as given, e.g. "liver"; compared without regard to case.</param>
/// <param name="Type">The coded type where the source has one.</param>
/// <param name="SourceDescription">Shown in SR and PDF, e.g. "file liver.nii.gz" or "SEG 2.25.12 of Vendor X".</param>
public sealed record GivenSegment(string Label, Code? Type, Volume<byte> Mask, string SourceDescription);
