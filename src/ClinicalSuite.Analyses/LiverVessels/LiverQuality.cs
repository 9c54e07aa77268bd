using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.Vessels;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>What a reader of the numbers must know.</summary>
internal static class LiverQuality
{
    // Adult livers of 3 standard deviations about the mean lie within this.
    private const double SmallestUsualMl = 600;
    private const double LargestUsualMl = 3500;
    private const double ThickMm = 2.5;
    private const double LowContrastNoise = 4;
    private const double LargestIgnoredDenseMl = 0.1;

    public static IReadOnlyList<QualityNote> Notes(
        VolumeGeometry grid, Volume<byte> labels, LiverSearch.Found liver, LiverFacts facts, VesselEvidence vessels)
    {
        var notes = new List<QualityNote>();
        if (liver.Source is not null)
        {
            notes.Add(new QualityNote(LiverVesselsCodes.GivenLabel, QualitySeverity.Note, $"liver from {liver.Source}"));
        }

        var cut = CutAtMl(grid, labels);
        if (cut > 0)
        {
            Warn(LiverVesselsCodes.AnatomyCut, $"the liver touches the end of the scan with {cut:F1} ml: its volume is a lower bound");
        }

        if (facts.LiverMl is < SmallestUsualMl or > LargestUsualMl)
        {
            Warn(
                LiverVesselsCodes.VolumeUnusual,
                $"liver {facts.LiverMl:F0} ml, usual {SmallestUsualMl} to {LargestUsualMl} ml: look at the segmentation");
        }

        if (grid.SliceSpacingMm > ThickMm)
        {
            Warn(
                LiverVesselsCodes.LowResolution,
                $"slices {grid.SliceSpacingMm:F1} mm apart: vessels thinner than that are missed and volumes too small");
        }

        if (vessels.DenseMl > LargestIgnoredDenseMl)
        {
            Warn(
                LiverVesselsCodes.MetalNear,
                $"{vessels.DenseMl:F1} ml of dense material in the liver (calcification, embolisation agent, metal): no vessels are marked beside it");
        }

        var ratio = vessels.Plateau / vessels.NoiseSd;
        if (ratio < LowContrastNoise)
        {
            Warn(LiverVesselsCodes.LowContrast, $"vessel contrast {ratio:F1} times the noise, wanted {LowContrastNoise}");
        }

        return notes;

        void Warn(Code code, FormattableString cause) =>
            notes.Add(new QualityNote(code, QualitySeverity.Warning, Wording.Of(cause)));
    }

    private static double CutAtMl(VolumeGeometry grid, Volume<byte> labels)
    {
        var count = 0L;
        foreach (var slice in new[] { 0, grid.Slices - 1 })
        {
            foreach (var label in labels.Slice(slice))
            {
                count += label != 0 ? 1 : 0;
            }
        }

        return count * grid.VoxelVolumeMm3 / 1000;
    }
}
