using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Volumes and attenuations over the voxels of the series; an attenuation of no voxel is null, never 0.</summary>
internal sealed record LiverFacts(
    double LiverMl, double VesselMl, double? ParenchymaHu, double? ParenchymaSdHu, double? VesselHu, double? VesselSdHu)
{
    private const string VolumeMethod = "voxel count 1";
    private const string AttenuationMethod = "mean of voxels 1";

    public double? VesselPercent => LiverMl > 0 ? 100 * VesselMl / LiverMl : null;

    public static LiverFacts Measure(Volume<float> image, Volume<byte> labels)
    {
        var (counts, sums, squares) = (new long[3], new double[3], new double[3]);
        for (var i = 0; i < labels.Voxels.Length; i++)
        {
            var label = labels.Voxels[i];
            double hu = label == 0 ? 0 : image.Voxels[i];
            counts[label]++;
            sums[label] += hu;
            squares[label] += hu * hu;
        }

        var ml = image.Geometry.VoxelVolumeMm3 / 1000;
        return new LiverFacts(
            (counts[1] + counts[2]) * ml,
            counts[2] * ml,
            Mean(1),
            Sd(1),
            Mean(2),
            Sd(2));

        double? Mean(int label) => counts[label] == 0 ? null : sums[label] / counts[label];

        double? Sd(int label) =>
            Mean(label) is { } mean ? Math.Sqrt(Math.Max(0, (squares[label] / counts[label]) - (mean * mean))) : null;
    }

    public IReadOnlyList<Measurement> Measurements() =>
    [
        VolumeOf("liver-volume", LiverMl, LiverLabels.Liver),
        Attenuation("parenchyma-attenuation", ParenchymaHu, LiverVesselsCodes.Mean, LiverLabels.Liver),
        Attenuation("parenchyma-attenuation-sd", ParenchymaSdHu, LiverVesselsCodes.StandardDeviation, LiverLabels.Liver),
        VolumeOf("vessel-volume", VesselMl, LiverLabels.Vessels),
        Attenuation("vessel-attenuation", VesselHu, LiverVesselsCodes.Mean, LiverLabels.Vessels),
        Attenuation("vessel-attenuation-sd", VesselSdHu, LiverVesselsCodes.StandardDeviation, LiverLabels.Vessels),
        new Measurement
        {
            Name = "vessel-volume-ratio",
            Concept = LiverVesselsCodes.Ratio,
            Value = VesselPercent,
            Missing = VesselPercent is null ? LiverVesselsCodes.NotObtained : null,
            Unit = Units.Percent,
            SegmentNumber = LiverLabels.Vessels,
            Method = VolumeMethod,
            Decimals = 2,
        },
    ];

    private static Measurement VolumeOf(string name, double ml, int segment) => new()
    {
        Name = name,
        Concept = LiverVesselsCodes.Volume,
        Value = ml,
        Unit = Units.CubicCentimetre,
        SegmentNumber = segment,
        Method = VolumeMethod,
    };

    private static Measurement Attenuation(string name, double? hu, Code derivation, int segment) => new()
    {
        Name = name,
        Concept = LiverVesselsCodes.Attenuation,
        Value = hu,
        Missing = hu is null ? LiverVesselsCodes.NotObtained : null,
        Unit = Units.Hounsfield,
        Derivation = derivation,
        SegmentNumber = segment,
        OfWholeSegment = false,
        Method = AttenuationMethod,
    };
}
