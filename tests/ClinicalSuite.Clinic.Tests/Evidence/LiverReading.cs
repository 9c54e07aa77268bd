using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Clinic.Tests.Evidence;

/// <summary>An analysis with a fixed answer, so that writers can be tested without the science.</summary>
internal sealed class LiverReading : IAnalysis
{
    private static readonly Code Liver = new("10200004", "SCT", "Liver");
    private static readonly Code Anatomy = new("91723000", "SCT", "Anatomical Structure");
    private static readonly Code Volume = new("118565006", "SCT", "Volume");

    public string Id => "liver-vessels";

    public string Version => "1.0.0";

    public AnalysisDescription Description { get; } = new()
    {
        Title = "Liver vessels",
        TitleChinese = "肝脏血管",
        AcceptedInput = "CT of the abdomen with contrast",
        Outputs = "liver and vessels",
        Family = new Code("GRAPH-CUT", "99CLINSUITE", "Graph cut of intensity and vesselness evidence"),
        Procedure = new Code("25045-6", "LN", "CT unspecified body region"),
        Region = new Code("113345001", "SCT", "Abdomen"),
        BodyPart = "ABDOMEN",
    };

    public Selection Select(StudyManifest study) =>
        new Selection.Run([new Dictionary<string, string> { ["ct"] = study.Series[0].SeriesUid }]);

    public AnalysisResult Run(
        AnalysisInput input, IProgress<AnalysisProgress> progress, CancellationToken cancellation) =>
        Completed(Labels(input.Series["ct"].Image.Geometry, SyntheticCt.LabelAt));

    public static Volume<byte> Labels(VolumeGeometry grid, Func<int, int, int, byte> labelAt)
    {
        var labels = new Volume<byte>(grid);
        for (var slice = 0; slice < grid.Slices; slice++)
        {
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    labels[column, row, slice] = labelAt(column, row, slice);
                }
            }
        }

        return labels;
    }

    public static AnalysisResult.Completed Completed(Volume<byte> labels) => new()
    {
        Segments = new SegmentMap
        {
            SeriesRole = "ct",
            Labels = labels,
            Segments =
            [
                new Segment
                {
                    Number = 1, Label = "Liver", ExclusiveLabel = "Liver without vessels", Type = Liver,
                    Category = Anatomy, Region = Liver, Includes = [2, 3], Color = new Rgb(200, 90, 80),
                    Source = "file liver.nii.gz",
                },
                new Segment
                {
                    Number = 2, Label = "Portal vein", Type = new Code("32764006", "SCT", "Portal vein"),
                    Category = Anatomy, Region = Liver, Color = new Rgb(60, 110, 220),
                },
                new Segment
                {
                    Number = 3, Label = "Hepatic veins", Type = new Code("8993003", "SCT", "Hepatic vein"),
                    Category = Anatomy, Region = Liver, Color = new Rgb(40, 180, 170),
                },
            ],
        },
        Measurements =
        [
            new Measurement
            {
                Name = "liver-volume", Concept = Volume, Value = 1205.7649, Unit = Units.CubicCentimetre,
                SegmentNumber = 1, Method = "voxel count 1", Uncertainty = 12.34,
            },
            new Measurement
            {
                Name = "liver-density", Concept = new Code("112031", "DCM", "Attenuation Coefficient"), Value = 107.43,
                Unit = Units.Hounsfield, Derivation = new Code("373098007", "SCT", "Mean Value of population"),
                SegmentNumber = 1, OfWholeSegment = false, Method = "mean 1",
            },
            new Measurement
            {
                Name = "portal-volume", Concept = Volume, Value = 32.394, Unit = Units.CubicCentimetre,
                SegmentNumber = 2, Method = "voxel count 1", Decimals = 2,
            },
            new Measurement
            {
                Name = "hepatic-diameter", Concept = new Code("397413000", "SCT", "Vessel lumen diameter"),
                Missing = new Code("LOW-CONTRAST", "99CLINSUITE", "Vessel contrast too low"),
                Unit = Units.Millimetre, SegmentNumber = 3, Method = "distance 1",
            },
        ],
        Assessments =
        [
            new Assessment
            {
                Name = "Contrast phase",
                Concept = new Code("CONTRAST-PHASE", "99CLINSUITE", "Contrast phase of the series"),
                Category = new Code("PORTAL-VENOUS", "99CLINSUITE", "Portal venous phase"),
            },
            new Assessment
            {
                Name = "Portal hypertension score",
                Concept = new Code("34742003", "SCT", "Portal hypertension"), Probability = 0.73, Interval = (0.61, 0.82),
            },
        ],
        Figures =
        [
            new Figure
            {
                Name = "key", Title = "Vessels, coronal",
                Raster = new FigureRaster(31, 17, [.. Enumerable.Range(0, 31 * 17).Select(i => (float)(i % 31))], 0, 31),
                PixelSizeMm = (3.75, 5),
                Directions = ("R", "L", "H", "F"),
            },
        ],
        Parameters = ["thresholdSd=2.0", "bridgeMm=15"],
        Quality =
        [
            new QualityNote(
                new Code("NOISE", "99CLINSUITE", "Image noise"), QualitySeverity.Note, "standard deviation 9 HU in the liver"),
        ],
    };

    /// <summary>Reads a study from a folder and makes the context of a run on its first series.</summary>
    public static EvidenceContext ContextOf(params string[] paths)
    {
        var study = StudyReader.Read(paths).Studies[0];
        return new EvidenceContext
        {
            RunId = "run-1",
            Analysis = new LiverReading(),
            Study = study,
            Series = new Dictionary<string, SourceSeries> { ["ct"] = study.Series[0] },
            Device = new DeviceIdentity { SerialNumber = "CS-0001", SoftwareVersion = "1.0.0", Uid = "2.25.1234567" },
            Time = new DateTimeOffset(2026, 1, 2, 10, 15, 0, TimeSpan.FromHours(8)),
        };
    }
}
