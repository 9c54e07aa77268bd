using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.Vessels;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Liver and vessels on the grid of the series.</summary>
internal static class LiverLabels
{
    public const byte Liver = 1;
    public const byte Vessels = 2;

    public static Volume<byte> Paint(VolumeGeometry grid, LiverCrop crop, VesselEvidence vessels, int threads)
    {
        var shape = crop.Work.Shape;
        var near = new byte[shape.Count];
        Morphology.Dilate(vessels.Mask, shape, crop.Work.Spacing, crop.Work.Spacing.Column, threads, near);
        var margin = new float[shape.Count];
        var filled = new float[shape.Count];
        for (var i = 0; i < margin.Length; i++)
        {
            margin[i] = near[i] != 0 ? vessels.Margin[i] : -1;
            filled[i] = crop.Liver[i] != 0 ? Math.Max(crop.Inside.Voxels[i], 0.501f) : Math.Min(crop.Inside.Voxels[i], 0.499f);
        }

        // The continuous fields are sampled, not the masks: the surface keeps its place between the voxels.
        var labels = new Volume<byte>(grid);
        var sampled = new float[grid.VoxelCount];
        Resampling.Linear(filled, crop.Work.Geometry, grid, 0, threads, sampled);
        for (var i = 0; i < sampled.Length; i++)
        {
            labels.Voxels[i] = sampled[i] > 0.5f ? Liver : (byte)0;
        }

        Resampling.Linear(margin, crop.Work.Geometry, grid, -1, threads, sampled);
        for (var i = 0; i < sampled.Length; i++)
        {
            if (labels.Voxels[i] != 0 && sampled[i] > 0)
            {
                labels.Voxels[i] = Vessels;
            }
        }

        return labels;
    }

    public static SegmentMap Describe(Volume<byte> labels, string? source) => new()
    {
        SeriesRole = SeriesChoice.Role,
        Labels = labels,
        Segments =
        [
            new Segment
            {
                Number = Liver,
                Label = "Liver",
                ExclusiveLabel = "Liver without vessels",
                Type = LiverVesselsCodes.Liver,
                Category = LiverVesselsCodes.AnatomicalStructure,
                Region = LiverVesselsCodes.Liver,
                Includes = [Vessels],
                Color = new Rgb(176, 92, 72),
                Source = source,
            },
            new Segment
            {
                Number = Vessels,
                Label = "Hepatic vasculature",
                Type = LiverVesselsCodes.HepaticVasculature,
                Category = LiverVesselsCodes.AnatomicalStructure,
                Region = LiverVesselsCodes.Liver,
                Color = VesselColor,
            },
        ],
    };

    public static readonly Rgb VesselColor = new(64, 160, 255);
}
