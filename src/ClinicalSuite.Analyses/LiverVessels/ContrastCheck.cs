using ClinicalSuite.Findings;
using ClinicalSuite.Vessels;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Refuses scans whose vessels hold no contrast agent.</summary>
internal static class ContrastCheck
{
    private const double SmallestVesselShare = 0.003;

    public static AnalysisResult.NotAssessable? Refusal(LiverCrop crop, VesselEvidence vessels)
    {
        var liver = WorkImage.Count(crop.Liver);
        var share = WorkImage.Count(vessels.Mask) / (double)liver;
        return share >= SmallestVesselShare
            ? null
            : new AnalysisResult.NotAssessable(
                LiverVesselsCodes.NoContrast,
                Wording.Of($"vessels brighter than the liver fill {100 * share:F2} % of it, needed {100 * SmallestVesselShare} %"));
    }
}
