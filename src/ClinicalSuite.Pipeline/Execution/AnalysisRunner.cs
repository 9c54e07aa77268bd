using System.Diagnostics;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Images;
using ClinicalSuite.Evidence.Labels;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>
/// Reads, runs, and writes evidence into a folder. Knows no store: the appliance's child process and <c>clinicalsuite analyze</c>
/// both call it, so both do the very same.
/// </summary>
public static class AnalysisRunner
{
    private const double ReadingShare = 0.08;
    private const double WritingShare = 0.08;

    /// <summary>Executes an order.</summary>
    /// <returns>One outcome for each input that the analysis selects; a single refusal when nothing can be read.</returns>
    /// <exception cref="ArgumentException">A setting that the analysis does not know or cannot read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what lies in the folder is worthless.</exception>
    public static IReadOnlyList<AnalysisOutcome> Run(
        AnalysisOrder order, IAnalysis analysis, IProgress<AnalysisProgress> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(progress);
        try
        {
            progress.Report(new AnalysisProgress(0, "reading headers"));
            var converted = Converted(order, cancellation);
            var (study, beside) = ReadStudy(order, converted, cancellation);
            switch (Selected(order, analysis, study))
            {
                case Selection.Run run:
                    return [.. run.Inputs.Select((roles, index) => RunOne(
                        order, analysis, study, beside, roles, index, new Share(progress, index, run.Inputs.Count), cancellation))];
                case Selection.WaitFor wait:
                    var (reason, cause) = Lacking(study, wait);
                    return [Without(order, analysis, study, reason, cause)];
                case Selection.NotForMe no:
                    return [Without(order, analysis, study, no.Reason, no.Cause)];
                default:
                    throw new ArgumentException("a selection that is not known", nameof(analysis));
            }
        }
        catch (InputRefusedException refused)
        {
            return [new AnalysisOutcome.Refused(refused.Reason, refused.Message)];
        }
    }

    /// <summary>Images that are no DICOM become DICOM in the folder of the results, which refer to them.</summary>
    private static List<string> Converted(AnalysisOrder order, CancellationToken cancellation)
    {
        var arrays = order.Inputs.Where(path => RawFiles.KindOf(path) != RawFileKind.Other).ToList();
        return arrays.Count > 1
            ? throw new InputRefusedException(RunnerReasons.SeveralStudies, $"{arrays.Count} arrays, analysed is one at a time", arrays[1])
            : [.. arrays.SelectMany(path => ArrayImages.Write(path, order.ContextFile, order.OutputFolder, cancellation))];
    }

    /// <summary>The one study with images; what other studies hold beside it (SEG, RTSTRUCT) may refer to it.</summary>
    private static (SourceStudy Study, IReadOnlyList<SourceStudy> Beside) ReadStudy(
        AnalysisOrder order, IReadOnlyList<string> converted, CancellationToken cancellation)
    {
        var inputs = order.Inputs.Where(path => RawFiles.KindOf(path) == RawFileKind.Other).Concat(converted).ToList();
        var studies = StudyReader.Read(inputs, cancellation: cancellation).Studies;
        var withImages = studies.Where(study => study.Series.Any(series => series.Manifest.Geometry is not null)).ToList();
        return (studies.Count, withImages.Count) switch
        {
            (1, _) => (studies[0], []),
            (_, 1) => (withImages[0], [.. studies.Where(study => study != withImages[0])]),
            _ => throw new InputRefusedException(
                RunnerReasons.SeveralStudies, $"{studies.Count} studies, analysed is one at a time", order.Inputs[0]),
        };
    }

    private static Selection Selected(AnalysisOrder order, IAnalysis analysis, SourceStudy study) =>
        order.SeriesByRole is { } chosen ? new Selection.Run([chosen]) : analysis.Select(study.Manifest);

    /// <summary>Nothing more comes: what the analysis would wait for is missing. A gap in the slices says more than that.</summary>
    private static (Code Reason, string Cause) Lacking(SourceStudy study, Selection.WaitFor wait) =>
        study.Manifest.Series.Select(series => series.GeometryProblem).FirstOrDefault(problem => problem?.Cause == wait.What)
            ?? (RunnerReasons.Incomplete, $"the study lacks {wait.What}");

    private static AnalysisOutcome RunOne(
        AnalysisOrder order, IAnalysis analysis, SourceStudy study, IReadOnlyList<SourceStudy> beside,
        IReadOnlyDictionary<string, string> roles, int index,
        IProgress<AnalysisProgress> progress, CancellationToken cancellation)
    {
        var series = roles.ToDictionary(role => role.Key, role => study.Series.First(s => s.Manifest.SeriesUid == role.Value));
        progress.Report(new AnalysisProgress(0, "reading images"));
        var watch = Stopwatch.StartNew();
        var given = SegmentsFromOutside.Read(order, [study, .. beside], series, cancellation);
        var input = new AnalysisInput
        {
            Series = series.ToDictionary(s => s.Key, s => VolumeReader.ReadSeries(s.Value, order.Threads, cancellation)),
            GivenSegments = given.Segments,
            ClinicalValues = order.ClinicalValues,
            Settings = new AnalysisSettings(order.Settings),
            Threads = order.Threads,
        };
        var readingMs = watch.Elapsed.TotalMilliseconds;
        var result = analysis.Run(input, new Part(progress, ReadingShare, 1 - WritingShare), cancellation);
        cancellation.ThrowIfCancellationRequested();
        progress.Report(new AnalysisProgress(1 - WritingShare, "writing results"));
        result = result with { TimingsMs = new Dictionary<string, double>(result.TimingsMs) { ["reading"] = readingMs } };
        var context = Context(order, analysis, study, series, order.RunId ?? RunIdentity.Of(order, analysis, study, input)) with
        {
            GivenObjects = given.Objects,
        };
        var folder = index == 0 ? order.OutputFolder : Path.Combine(order.OutputFolder, $"run-{index + 1}");
        var stated = Stated(order, result with { Quality = [.. result.Quality, .. given.Notes] });
        var objects = ResultFolder.Write(folder, context, stated, input, order.WithArrays);
        progress.Report(new AnalysisProgress(1, "done"));
        return result is AnalysisResult.NotAssessable no
            ? new AnalysisOutcome.NotAssessable(context.RunId, folder, no.Reason, no.Cause, objects)
            : new AnalysisOutcome.Completed(context.RunId, folder, objects);
    }

    /// <summary>The analysis did not run at all, since no series is fit for it: findings.json says so.</summary>
    private static AnalysisOutcome.NotAssessable Without(
        AnalysisOrder order, IAnalysis analysis, SourceStudy study, Code reason, string cause)
    {
        var runId = order.RunId ?? RunIdentity.Of(order, analysis, study, null);
        var context = Context(order, analysis, study, new Dictionary<string, SourceSeries>(), runId);
        var result = new AnalysisResult.NotAssessable(reason, cause);
        var objects = ResultFolder.Write(order.OutputFolder, context, result, null, order.WithArrays);
        return new AnalysisOutcome.NotAssessable(runId, order.OutputFolder, reason, cause, objects);
    }

    /// <summary>Where the results state the study's time as theirs, they say so.</summary>
    private static AnalysisResult Stated(AnalysisOrder order, AnalysisResult result) =>
        order.Time is null ? result with { Quality = [.. result.Quality, SourceTime.Note] } : result;

    private static EvidenceContext Context(
        AnalysisOrder order, IAnalysis analysis, SourceStudy study, IReadOnlyDictionary<string, SourceSeries> series, string runId) => new()
        {
            RunId = runId,
            Analysis = analysis,
            Study = study,
            Series = series,
            Device = order.Device,
            Time = order.Time ?? SourceTime.Of(study),
            Language = order.Language,
            Predecessor = order.Predecessor,
        };

    /// <summary>Progress of one of several runs.</summary>
    private sealed class Share(IProgress<AnalysisProgress> whole, int index, int count) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) =>
            whole.Report(value with { Fraction = (index + value.Fraction) / count });
    }

    /// <summary>Progress of a part of a run, from one fraction to another.</summary>
    private sealed class Part(IProgress<AnalysisProgress> whole, double from, double to) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) =>
            whole.Report(value with { Fraction = from + ((to - from) * value.Fraction) });
    }
}
