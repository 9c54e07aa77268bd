using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.Phantoms.Abdomen;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Analyses;

/// <summary>Volumes as the analysis of the liver receives them.</summary>
internal static class LiverInput
{
    public static AnalysisInput Of(Volume<float> image, int threads) => new()
    {
        Series = new Dictionary<string, ImageSeries> { ["portal"] = new(Facts(image.Geometry), image) },
        Threads = threads,
    };

    public static AnalysisInput Of(CtLiverPhantom phantom, int threads) =>
        Of(new Volume<float>(phantom.Image.Geometry, Array.ConvertAll(phantom.Image.VoxelArray, hu => (float)hu)), threads);

    public static SeriesManifest Facts(VolumeGeometry? geometry) => new()
    {
        SeriesUid = "1.2.3",
        Modality = "CT",
        InstanceCount = geometry?.Slices ?? 0,
        BodyPart = "ABDOMEN",
        Geometry = geometry,
    };

    /// <summary>Overlap of two regions of the same grid: 2 |A and B| / (|A| + |B|).</summary>
    public static double Dice(ReadOnlySpan<byte> labels, Func<byte, bool> isFound, ReadOnlySpan<byte> truth, Func<byte, bool> isTrue)
    {
        Assert.Equal(truth.Length, labels.Length);
        long both = 0, either = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var (found, real) = (isFound(labels[i]), isTrue(truth[i]));
            both += found && real ? 1 : 0;
            either += (found ? 1 : 0) + (real ? 1 : 0);
        }

        return either == 0 ? 1 : 2.0 * both / either;
    }
}
