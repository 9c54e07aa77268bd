using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.Vessels;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Refuses scans whose vessels hold no contrast agent, judged in the interior of the liver.</summary>
internal static class ContrastCheck
{
    private const double SmallestVesselShare = 0.003;

    // At the surface ribs, kidney and bowel shine through wherever the outline is not exact.
    private const double SurfaceMm = 8;

    // Attenuation of blood without contrast agent grows with its haemoglobin and stays below 70 HU in the healthy and the ill.
    private const float PlainBloodHu = 75;

    public static AnalysisResult.NotAssessable? Refusal(LiverCrop crop, VesselEvidence vessels)
    {
        var interior = crop.Work.Eroded(crop.Liver, SurfaceMm);
        var inside = WorkImage.Count(interior);
        var blood = OrderStatistics.Where(crop.Work.Hu, crop.Work.Mask(i => (interior[i] & vessels.Mask[i]) != 0));
        var share = blood.Length / Math.Max(1.0, inside);
        if (share < SmallestVesselShare)
        {
            return Refuse($"vessels brighter than the liver fill {100 * share:F2} % of its interior, needed {100 * SmallestVesselShare} %");
        }

        var bloodHu = OrderStatistics.Median(blood);
        return bloodHu < PlainBloodHu
            ? Refuse($"median of the vessels {bloodHu:F0} HU, needed {PlainBloodHu} HU")
            : null;
    }

    private static AnalysisResult.NotAssessable Refuse(FormattableString cause) =>
        new(LiverVesselsCodes.NoContrast, Wording.Of(cause));
}
