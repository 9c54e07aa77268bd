using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>Smoothing that knows where the organ ends.</summary>
internal static class OrganFilter
{
    /// <summary>
    /// Normalised convolution G(image * weight) / G(weight) (Knutsson and Westin 1993): what has no weight does not bleed in.
    /// Where no weight is near the result is 0.
    /// </summary>
    public static void Smooth(
        ReadOnlySpan<float> image,
        ReadOnlySpan<byte> weight,
        GridShape shape,
        SpacingMm spacing,
        double sigmaMm,
        int threads,
        Span<float> destination)
    {
        var total = new float[shape.Count];
        for (var i = 0; i < total.Length; i++)
        {
            total[i] = weight[i];
            destination[i] = weight[i] == 0 ? 0 : image[i];
        }

        GaussianFilter.Smooth(total, shape, spacing, sigmaMm, threads, total);
        GaussianFilter.Smooth(destination, shape, spacing, sigmaMm, threads, destination);
        for (var i = 0; i < total.Length; i++)
        {
            destination[i] = total[i] > 1e-3f ? destination[i] / total[i] : 0;
        }
    }
}
