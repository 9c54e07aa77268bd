using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Body outline and lungs, by the physical levels of air, lung and tissue.</summary>
internal sealed record BodyAndLungs(byte[] Body, byte[] Lungs)
{
    public const float TissueHu = -300;
    private const float LungHu = -500;

    // Gas in the bowel is at -1000 HU, aerated lung never is.
    private const float GasHu = -950;
    private const double SmallestLungMl = 15;

    public static BodyAndLungs Find(WorkImage work)
    {
        var hu = work.Hu;
        var tissue = work.Mask(i => hu[i] > TissueHu);
        var body = work.FilledBySlice(work.LargestComponent(work.Opened(tissue, 6)));

        var air = work.Mask(i => body[i] != 0 && hu[i] < LungHu);
        var labels = new int[air.Length];
        var sizes = ConnectedComponents.Label(air, work.Shape, Connectivity.Faces6, labels);
        var isLung = new bool[sizes.Length];
        for (var n = 1; n < sizes.Length; n++)
        {
            isLung[n] = sizes[n] * work.VoxelMl > SmallestLungMl && MedianOf(n, sizes[n], labels, hu) > GasHu;
        }

        var lungs = work.Closed(work.Mask(i => isLung[labels[i]]), 4);
        return new BodyAndLungs(body, lungs);
    }

    private static float MedianOf(int number, int size, int[] labels, float[] hu)
    {
        var values = new float[size];
        for (int i = 0, next = 0; i < labels.Length; i++)
        {
            if (labels[i] == number)
            {
                values[next++] = hu[i];
            }
        }

        return OrderStatistics.Median(values);
    }
}
