using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>The safe interior of the liver, and a first guess of all of it.</summary>
/// <param name="Range">Voxels of liver attenuation, anywhere.</param>
internal sealed record LiverCore(byte[] Range, byte[] Core, byte[] Guess)
{
    /// <param name="seed">The core is the piece that shares most voxels with it.</param>
    public static LiverCore Find(WorkImage work, float[] smooth, LiverMode mode, BodyAndLungs anatomy, byte[] seed)
    {
        var nearLung = work.Dilated(anatomy.Lungs, 2);
        var range = work.Mask(i => anatomy.Body[i] != 0 && nearLung[i] == 0 && Math.Abs(smooth[i] - mode.CentreHu) < 3 * mode.WidthHu);
        var core = ComponentWithMost(work, work.Eroded(range, 6), seed);
        var grown = work.Dilated(core, 6);
        var open = ComponentWithMost(work, work.Opened(range, 3), core);
        var guess = work.Mask(i => (grown[i] != 0 && range[i] != 0) || open[i] != 0);
        return new LiverCore(range, core, guess);
    }

    /// <summary>The component of a mask that shares most voxels with another mask.</summary>
    private static byte[] ComponentWithMost(WorkImage work, byte[] mask, byte[] other)
    {
        var labels = new int[mask.Length];
        var sizes = ConnectedComponents.Label(mask, work.Shape, Connectivity.Faces6, labels);
        var shared = new int[sizes.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            shared[labels[i]] += other[i];
        }

        var best = ConnectedComponents.Largest(shared);
        return work.Mask(i => best != 0 && labels[i] == best);
    }
}
