using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Clinic.Tests.Analyses;

/// <summary>A tiny analysis that keeps every law, and breaks the one that it is told to.</summary>
internal sealed class LawBreaker : IAnalysis
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(4, 4, 4, 1, 1, 1, default);
    private static readonly Code Thing = new("1", "99TEST", "Thing");
    private int _runs;

    public bool Counts { get; set; }

    public bool ReportsThreads { get; set; }

    public bool ChangesInput { get; set; }

    public bool StepsBack { get; set; }

    public bool NeverEnds { get; set; }

    public bool InventsUnit { get; set; }

    public bool StatesNothing { get; set; }

    public bool MovesGrid { get; set; }

    public bool PaintsUnnamed { get; set; }

    public bool TakesAll { get; set; }

    public bool IgnoresCancel { get; set; }

    public static AnalysisInput Input => new()
    {
        Series = new Dictionary<string, ImageSeries> { ["only"] = new(LiverInput.Facts(Grid), new Volume<float>(Grid)) },
    };

    public string Id => "law-breaker";

    public string Version => "1";

    public AnalysisDescription Description { get; } = new()
    {
        Title = "Law breaker",
        TitleChinese = "违规分析",
        AcceptedInput = "CT",
        Outputs = "one number",
        Family = Thing,
        Procedure = Thing,
        Region = Thing,
        BodyPart = "",
    };

    public Selection Select(StudyManifest study) => study.Series.Any(series => series.Modality == "CT") || TakesAll
        ? new Selection.Run([new Dictionary<string, string> { ["only"] = study.Series[0].SeriesUid }])
        : new Selection.NotForMe(Thing, "no CT");

    public AnalysisResult Run(AnalysisInput input, IProgress<AnalysisProgress> progress, CancellationToken cancellation)
    {
        var series = input.Series["only"];
        if (series.Facts.Modality != "CT" && !TakesAll)
        {
            return new AnalysisResult.NotAssessable(Thing, "not a CT");
        }

        progress.Report(new AnalysisProgress(0.5, "half"));
        if (!IgnoresCancel)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        series.Image.Voxels[0] += ChangesInput ? 1 : 0;
        progress.Report(new AnalysisProgress(0.95, "nearly"));
        progress.Report(new AnalysisProgress(StepsBack ? 0.92 : 0.96, "very nearly"));
        progress.Report(new AnalysisProgress(NeverEnds ? 0.99 : 1, "done"));
        return Result(input.Threads);
    }

    private AnalysisResult.Completed Result(int threads)
    {
        var origin = new Point3(MovesGrid ? 1 : 0, 0, 0);
        var labels = new Volume<byte>(VolumeGeometry.Axial(4, 4, 4, 1, 1, 1, origin));
        labels.Voxels[0] = (byte)(PaintsUnnamed ? 2 : 1);
        return new AnalysisResult.Completed
        {
            Measurements =
            [
                new Measurement
                {
                    Name = "number",
                    Concept = Thing,
                    Value = StatesNothing ? null : (Counts && _runs++ == 1 ? 2 : 1) + (ReportsThreads ? threads : 0),
                    Unit = InventsUnit ? new Code("furlong", "99TEST", "furlong") : Units.One,
                    SegmentNumber = 1,
                    Method = "constant 1",
                },
            ],
            Segments = new SegmentMap
            {
                SeriesRole = "only",
                Labels = labels,
                Segments = [new Segment { Number = 1, Label = "Thing", Type = Thing, Category = Thing, Region = Thing, Color = default }],
            },
        };
    }
}
