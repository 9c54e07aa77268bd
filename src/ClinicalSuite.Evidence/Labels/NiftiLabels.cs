using ClinicalSuite.Findings;
using ClinicalSuite.RawData;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>A NIfTI file as mask or label map.</summary>
internal static class NiftiLabels
{
    public static IReadOnlyList<GivenSegment> Read(string path, string? name)
    {
        var image = RawFiles.Open(path, file => NiftiImage.Open(file));
        return LabelNumbers.Split(image.Values, NiftiGrid.Of(image, path), name, path);
    }
}
