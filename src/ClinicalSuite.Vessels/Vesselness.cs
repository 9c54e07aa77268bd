using System.Runtime.Intrinsics;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Vessels;

/// <summary>
/// Multiscale response of bright tubes: sigma^2 times the curvature across, where both curvatures across are negative
/// (the Hessian's two smaller eigenvalues; Sato 1998 without its tuned exponents), the largest over all scales.
/// </summary>
/// <remarks>
/// The larger (weaker) of the two curvatures is taken, so plates such as organ surfaces, curved in one direction only, give
/// nothing. Results do not depend on the order of the scales.
/// </remarks>
public static class Vesselness
{
    /// <param name="image">Isotropic; what is not of interest is best set to the background before.</param>
    /// <param name="sigmasMm">Scales; a tube of radius r answers most at sigma = r / sqrt(2) to r.</param>
    /// <param name="destination">In units of the image; 0 where no scale sees a tube.</param>
    /// <exception cref="ArgumentException">Spans that do not hold the shape.</exception>
    public static unsafe void Tubes(
        ReadOnlySpan<float> image, GridShape shape, double spacingMm, ReadOnlySpan<double> sigmasMm, int threads, Span<float> destination)
    {
        if (image.Length != shape.Count || destination.Length != shape.Count)
        {
            throw new ArgumentException($"spans of {image.Length} and {destination.Length} for {shape.Count} voxels");
        }

        destination.Clear();
        if (Math.Min(shape.Columns, Math.Min(shape.Rows, shape.Slices)) < 3)
        {
            return;
        }

        var smooth = new float[shape.Count];
        fixed (float* start = destination)
        {
            var result = new PinnedSpan<float>(start, destination.Length);
            foreach (var sigmaMm in sigmasMm)
            {
                var sigma = sigmaMm / spacingMm;
                GaussianFilter.Smooth(image, shape, (sigma, sigma, sigma), threads, smooth);
                var scale = (float)(sigma * sigma);
                WorkSplit.Run((shape.Slices - 2) * (shape.Rows - 2), threads, (from, to) =>
                {
                    for (var line = from; line < to; line++)
                    {
                        var row = ((1 + (line / (shape.Rows - 2))) * shape.Rows) + 1 + (line % (shape.Rows - 2));
                        AddRow(smooth, shape, row * shape.Columns, scale, result.Span);
                    }
                });
            }
        }
    }

    private static void AddRow(ReadOnlySpan<float> s, GridShape shape, int start, float scale, Span<float> destination)
    {
        var (r, p) = (shape.Columns, shape.SliceSize);
        var i = start + 1;
        var end = start + shape.Columns - 1;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= end - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var middle = MiddleCurvature(s, i, r, p);
                var response = Vector256.Max(Vector256<float>.Zero, middle * -scale);
                Vector256.Max(response, Vector256.Create<float>(destination[i..])).CopyTo(destination[i..]);
            }
        }

        for (; i < end; i++)
        {
            var twice = 2f * s[i];
            var (_, middle, _) = SymmetricEigenvalues.Of(
                s[i - 1] + s[i + 1] - twice,
                s[i - r] + s[i + r] - twice,
                s[i - p] + s[i + p] - twice,
                (s[i + 1 + r] + s[i - 1 - r] - s[i + 1 - r] - s[i - 1 + r]) * 0.25f,
                (s[i + 1 + p] + s[i - 1 - p] - s[i + 1 - p] - s[i - 1 + p]) * 0.25f,
                (s[i + r + p] + s[i - r - p] - s[i + r - p] - s[i - r + p]) * 0.25f);
            destination[i] = MathF.Max(MathF.Max(0f, middle * -scale), destination[i]);
        }
    }

    private static Vector256<float> MiddleCurvature(ReadOnlySpan<float> s, int i, int r, int p)
    {
        var twice = 2f * At(s, i);
        var (_, middle, _) = SymmetricEigenvalues.Of(
            At(s, i - 1) + At(s, i + 1) - twice,
            At(s, i - r) + At(s, i + r) - twice,
            At(s, i - p) + At(s, i + p) - twice,
            (At(s, i + 1 + r) + At(s, i - 1 - r) - At(s, i + 1 - r) - At(s, i - 1 + r)) * 0.25f,
            (At(s, i + 1 + p) + At(s, i - 1 - p) - At(s, i + 1 - p) - At(s, i - 1 + p)) * 0.25f,
            (At(s, i + r + p) + At(s, i - r - p) - At(s, i + r - p) - At(s, i - r + p)) * 0.25f);
        return middle;
    }

    private static Vector256<float> At(ReadOnlySpan<float> s, int i) => Vector256.Create(s[i..]);
}
