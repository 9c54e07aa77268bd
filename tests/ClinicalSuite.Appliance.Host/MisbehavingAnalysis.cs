using System.Runtime.InteropServices;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Appliance.Host;

/// <summary>Marks all voxels above zero, in the time and in the manner that its settings ask for.</summary>
public sealed class MisbehavingAnalysis : IAnalysis
{
    public static readonly IReadOnlyList<IAnalysis> All = [new MisbehavingAnalysis()];

    public string Id => "misbehaving";

    public string Version => "1";

    public AnalysisDescription Description { get; } = new()
    {
        Title = "Misbehaving",
        TitleChinese = "行为不端",
        AcceptedInput = "CT",
        Outputs = "one segment",
        Family = new Code("123109", "DCM", "Manual Processing"),
        Procedure = new Code("25045-6", "LN", "CT unspecified body region"),
        Region = new Code("113345001", "SCT", "Abdomen"),
        BodyPart = "ABDOMEN",
    };

    public Selection Select(StudyManifest study)
    {
        var images = study.Series.Where(s => s.Modality == "CT").ToList();
        return images.Count == 0
            ? new Selection.WaitFor("a CT series")
            : new Selection.Run([.. images.Select(s => new Dictionary<string, string> { ["ct"] = s.SeriesUid })]);
    }

    public AnalysisResult Run(AnalysisInput input, IProgress<AnalysisProgress> progress, CancellationToken cancellation)
    {
        var settings = input.Settings;
        var steps = (int)settings.Number("steps", 1);
        for (var n = 0; n < steps; n++)
        {
            progress.Report(new AnalysisProgress((double)n / steps, "working"));
            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(settings.Number("stepMs", 0)));
        }

        switch (settings.Text("then", "complete"))
        {
            case "crash":
                Environment.FailFast("as asked");
                break;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "eat":
                Eat();
                break;
            case "decline":
                return new AnalysisResult.NotAssessable(new Code("NO-CONTRAST", "99CLINSUITE", "No contrast agent seen"), "as asked");
        }

        return Completed(input.Series["ct"].Image);
    }

    private static AnalysisResult.Completed Completed(Volume<float> image)
    {
        var labels = new Volume<byte>(image.Geometry);
        for (var i = 0; i < labels.Voxels.Length; i++)
        {
            labels.Voxels[i] = image.Voxels[i] > 0 ? (byte)1 : (byte)0;
        }

        var tissue = new Segment
        {
            Number = 1,
            Label = "Tissue",
            Type = new Code("85756007", "SCT", "Body tissue structure"),
            Category = new Code("85756007", "SCT", "Tissue"),
            Region = new Code("113345001", "SCT", "Abdomen"),
            Color = new Rgb(200, 80, 80),
        };
        return new AnalysisResult.Completed
        {
            Segments = new SegmentMap { SeriesRole = "ct", Labels = labels, Segments = [tissue] },
        };
    }

    private static unsafe void Eat()
    {
        for (; ; )
        {
            const int Bite = 32 << 20;
            new Span<byte>(NativeMemory.Alloc(Bite), Bite).Fill(1);
        }
    }
}
