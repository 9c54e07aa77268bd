using ClinicalSuite.Analyses;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Images;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.Pipeline.Execution;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>An object as the writers of results make it, from a result that has one of everything.</summary>
/// <param name="Proposed">The presentation contexts under which it is sent.</param>
internal sealed record ResultObject(
    EvidenceKind Kind, DicomDataset Dataset, DicomTransferSyntax TransferSyntax, IReadOnlyList<ProposedContext> Proposed)
{
    private const int Side = 16;
    private const string Role = "series";

    private static readonly Code Structure = new("91723000", "SCT", "Anatomical Structure");
    private static readonly Code Liver = new("10200004", "SCT", "Liver");
    private static readonly Code Vessel = new("59820001", "SCT", "Blood vessel");
    private static readonly Code Volume = new("118565006", "SCT", "Volume");

    /// <param name="folder">Where a small series may be written.</param>
    public static IReadOnlyList<ResultObject> All(string folder) =>
    [
        .. EvidenceSet.Write(Context(folder), Result()).Where(made => made.Reference is not null).Select(made =>
        {
            var path = Path.Combine(folder, made.FileName);
            File.WriteAllBytes(path, made.Content.Span);
            var file = DicomFile.Open(made.Content);
            return new ResultObject(
                made.Kind, file.Dataset, file.TransferSyntax, ContextProposal.For([StorageObject.Read(path)]));
        }),
    ];

    private static EvidenceContext Context(string folder)
    {
        var images = Directory.CreateDirectory(Path.Combine(folder, "series")).FullName;
        var volume = new Volume<short>(Grid());
        var study = new SyntheticStudy("conformance statement", "Synthetic^Patient", "SYNTHETIC");
        for (var slice = 0; slice < Side; slice++)
        {
            DicomFile.Create(CtImageWriter.Write(study, "series", volume, slice, contrast: true))
                .Save(Path.Combine(images, $"{slice}.dcm"));
        }

        var read = StudyReader.Read([images]).Studies[0];
        return new EvidenceContext
        {
            RunId = new string('0', 32),
            Analysis = AnalysisCatalog.All[0],
            Study = read,
            Series = new Dictionary<string, SourceSeries> { [Role] = read.Series[0] },
            Device = Maker.Device("SERIAL", "conformance statement"),
            Time = DateTimeOffset.UnixEpoch,
        };
    }

    private static AnalysisResult.Completed Result()
    {
        var labels = new Volume<byte>(Grid());
        labels[4, 4, 4] = 1;
        labels[5, 4, 4] = 2;
        return new AnalysisResult.Completed
        {
            Measurements = [Value("organ-volume", 12.5, 1) with { Uncertainty = 0.5 }, Missing("vessel-volume", 2)],
            Segments = new SegmentMap
            {
                SeriesRole = Role,
                Labels = labels,
                Segments = [Segment(1, "Liver", Liver) with { Includes = [2] }, Segment(2, "Vessels", Vessel)],
            },
            Assessments =
            [
                new Assessment { Name = "category", Concept = Structure, Category = Liver, Probability = 0.5, Interval = (0.4, 0.6) },
            ],
            Figures =
            [
                new Figure { Name = "figure", Title = "Figure", Raster = new FigureRaster(Side, Side, new float[Side * Side], 0, 1) },
            ],
            Quality = [new QualityNote(Structure, QualitySeverity.Note, "a note")],
            Parameters = ["key=value"],
        };
    }

    private static Measurement Value(string name, double? value, int segment) => new()
    {
        Name = name,
        Concept = Volume,
        Value = value,
        Unit = Units.CubicCentimetre,
        SegmentNumber = segment,
        Method = "method",
    };

    private static Measurement Missing(string name, int segment) =>
        Value(name, null, segment) with { Missing = new Code("114006", "DCM", "Measurement failure") };

    private static Segment Segment(int number, string label, Code type) => new()
    {
        Number = number,
        Label = label,
        Type = type,
        Category = Structure,
        Region = Liver,
        Color = new Rgb(200, 100, 0),
    };

    private static VolumeGeometry Grid() => VolumeGeometry.Axial(Side, Side, Side, 1, 1, 1, new Point3(0, 0, 0));
}
