using System.Globalization;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;
using ClinicalSuite.Vessels;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Liver and the vessels in it on a portal venous CT. Classical methods only; see the README beside this file.</summary>
public sealed class LiverVesselsAnalysis : IAnalysis
{
    public string Id => "liver-vessels";

    public string Version => "1.0.0";

    public AnalysisDescription Description { get; } = new()
    {
        Title = "Liver vessels",
        TitleChinese = "肝脏血管",
        AcceptedInput = "CT of the upper abdomen in the portal venous phase, slices at most 6 mm apart; a liver mask may be given",
        Outputs = "liver and hepatic vasculature as segments, their volumes and attenuation, the share of vessels in the liver",
        Family = new Code("LOCAL-CUT", "99CLINSUITE", "Marker watershed, local cut at the vessel wall and vesselness"),
        Procedure = new Code("25045-6", "LN", "CT unspecified body region"),
        Region = new Code("113345001", "SCT", "Abdomen"),
        BodyPart = "ABDOMEN",
    };

    public Selection Select(StudyManifest study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return SeriesChoice.Select(study);
    }

    public AnalysisResult Run(AnalysisInput input, IProgress<AnalysisProgress> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(progress);
        input.Settings.DemandKnown(Description.Settings.Select(setting => setting.Key));
        if (!input.Series.TryGetValue(SeriesChoice.Role, out var series))
        {
            return new AnalysisResult.NotAssessable(LiverVesselsCodes.WrongModality, $"no series in the role {SeriesChoice.Role}");
        }

        if (SeriesChoice.Problem(series.Facts) is { } problem)
        {
            return new AnalysisResult.NotAssessable(problem.Reason, problem.Cause);
        }

        var watch = new StepWatch(progress, cancellation);
        watch.Begin("liver", 0);
        var search = FindLiver(series.Image, input, cancellation);
        if (search is LiverSearch.NotFound none)
        {
            return new AnalysisResult.NotAssessable(none.Reason, none.Cause) { TimingsMs = watch.TimingsMs };
        }

        var liver = (LiverSearch.Found)search;
        watch.Begin("vessels", 0.4);
        var crop = LiverCrop.Sample(series.Image, liver, input.Threads);
        var vessels = OrganVessels.Find(crop.Work.Image, crop.Liver, new VesselSettings(), input.Threads, cancellation);
        if (ContrastCheck.Refusal(crop, vessels) is { } refusal)
        {
            return refusal with { TimingsMs = watch.TimingsMs };
        }

        watch.Begin("labels", 0.8);
        var labels = LiverLabels.Paint(series.Image.Geometry, crop, vessels, input.Threads);
        watch.Begin("report", 0.9);
        var facts = LiverFacts.Measure(series.Image, labels);
        var figure = LiverFigure.Draw(series.Image, labels);
        watch.End();
        return new AnalysisResult.Completed
        {
            Measurements = facts.Measurements(),
            Segments = LiverLabels.Describe(labels, liver.Source),
            Figures = [figure],
            Quality = LiverQuality.Notes(series.Image.Geometry, labels, liver, facts, vessels),
            Parameters = Parameters(liver, vessels),
            TimingsMs = watch.TimingsMs,
        };
    }

    private static LiverSearch FindLiver(Volume<float> image, AnalysisInput input, CancellationToken cancellation)
    {
        if (GivenLiver.Find(input.GivenSegments) is { } given)
        {
            return GivenLiver.OnGrid(given, image.Geometry, input.Threads);
        }

        var (low, high) = Grids.BoundingBox(image.Geometry);
        var work = WorkImage.Sample(image, low, high, LiverLocalization.SpacingMm, input.Threads);
        return LiverLocalization.Find(work, cancellation);
    }

    private static List<string> Parameters(LiverSearch.Found liver, VesselEvidence vessels)
    {
        var settings = new VesselSettings();
        List<string> parameters =
        [
            Number("noiseLimitSd", settings.NoiseLimit),
            Number("smoothingMm", settings.SmoothingMm),
            Number("backgroundRadiusMm", settings.BackgroundRadiusMm),
            Number("noiseSdHu", vessels.NoiseSd),
            Number("vesselContrastHu", vessels.Plateau),
        ];
        if (liver.Mode is { } mode)
        {
            parameters.Add(Number("liverModeHu", mode.CentreHu));
            parameters.Add(Number("liverWidthHu", mode.WidthHu));
        }

        return parameters;

        static string Number(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.##}");
    }
}
