using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>A DICOM image series whose pixels are a mask.</summary>
internal static class MaskImages
{
    /// <exception cref="InputRefusedException">It has no name, its images form no volume, or cannot be read.</exception>
    public static GivenSegment Read(string path, string? name, SourceSeries series, CancellationToken cancellation)
    {
        if (name is null)
        {
            throw new InputRefusedException(
                InputReasons.BadLabels, "an image series does not say what its mask is; name it (FILE=NAME)", path);
        }

        var image = VolumeReader.Read(series, 1, null, cancellation);
        return LabelNumbers.Split(image.VoxelArray, image.Geometry, name, path) is [var segment]
            ? segment
            : throw new InputRefusedException(InputReasons.BadLabels, "no pixel is set", path);
    }
}
