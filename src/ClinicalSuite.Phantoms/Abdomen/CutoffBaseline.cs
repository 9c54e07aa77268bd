using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms.Abdomen;

/// <summary>
/// What the best single cut-off on smoothed HU finds of the liver's vessels, with the liver and the truth in hand: the mark
/// that a method has to beat before it proves anything. The best of three smoothings counts.
/// </summary>
/// <param name="Dice">On the image as it is.</param>
/// <param name="CutoffHu">That reaches it.</param>
/// <param name="SigmaVoxels">Of the smoothing that reaches it.</param>
/// <param name="DiceWithoutBias">After a masked Gaussian has removed the shading.</param>
public sealed record CutoffBaseline(double Dice, double CutoffHu, double SigmaVoxels, double DiceWithoutBias)
{
    /// <exception cref="ArgumentException">Different grids, or no vessel in the liver.</exception>
    public static CutoffBaseline Of(Volume<short> image, Volume<byte> labels, int threads)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(labels);
        if (image.Geometry != labels.Geometry)
        {
            throw new ArgumentException("image and labels lie on different grids");
        }

        var liver = new LiverSamples(labels);
        var smoothed = liver.Smooth(i => image.Voxels[i], threads);
        var (dice, cutoff, best) = liver.BestCutoff(smoothed);
        liver.RemoveBias(smoothed, threads);
        return new CutoffBaseline(dice, cutoff, LiverSamples.SigmaVoxels[best], liver.BestCutoff(smoothed).Dice);
    }
}
