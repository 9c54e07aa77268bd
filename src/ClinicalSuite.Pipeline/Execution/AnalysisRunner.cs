using System.Security.Cryptography;
using ClinicalSuite.Evidence;
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
        try
        {
            progress.Report(new AnalysisProgress(0, "reading headers"));
            var study = ReadStudy(order, cancellation);
            switch (Selected(order, analysis, study))
            {
                case Selection.Run run:
                    return [.. run.Inputs.Select((roles, index) => RunOne(
                        order, analysis, study, roles, index, new Share(progress, index, run.Inputs.Count), cancellation))];
                case Selection.WaitFor wait:
                    return [Without(order, analysis, study, RunnerReasons.Incomplete, $"the study lacks {wait.What}")];
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

    private static SourceStudy ReadStudy(AnalysisOrder order, CancellationToken cancellation)
    {
        var studies = StudyReader.Read(order.Inputs, cancellation: cancellation).Studies;
        return studies.Count == 1
            ? studies[0]
            : throw new InputRefusedException(
                RunnerReasons.SeveralStudies, $"{studies.Count} studies, analysed is one at a time", order.Inputs[0]);
    }

    private static Selection Selected(AnalysisOrder order, IAnalysis analysis, SourceStudy study) =>
        order.SeriesByRole is { } chosen ? new Selection.Run([chosen]) : analysis.Select(study.Manifest);

    private static AnalysisOutcome RunOne(
        AnalysisOrder order, IAnalysis analysis, SourceStudy study, IReadOnlyDictionary<string, string> roles, int index,
        IProgress<AnalysisProgress> progress, CancellationToken cancellation)
    {
        var series = roles.ToDictionary(role => role.Key, role => study.Series.First(s => s.Manifest.SeriesUid == role.Value));
        progress.Report(new AnalysisProgress(0, "reading images"));
        var input = new AnalysisInput
        {
            Series = series.ToDictionary(s => s.Key, s => VolumeReader.ReadSeries(s.Value, order.Threads, cancellation)),
            ClinicalValues = order.ClinicalValues,
            Settings = new AnalysisSettings(order.Settings),
            Threads = order.Threads,
        };
        var result = analysis.Run(input, new Part(progress, ReadingShare, 1 - WritingShare), cancellation);
        progress.Report(new AnalysisProgress(1 - WritingShare, "writing results"));
        var context = Context(order, analysis, study, series, order.RunId ?? RunIdentity.Of(analysis, study, input));
        var folder = index == 0 ? order.OutputFolder : Path.Combine(order.OutputFolder, $"run-{index + 1}");
        return Written(context, result, input, folder);
    }

    /// <summary>The analysis did not run at all: documents that say so are made without a source series.</summary>
    private static AnalysisOutcome.NotAssessable Without(
        AnalysisOrder order, IAnalysis analysis, SourceStudy study, Code reason, string cause)
    {
        var runId = order.RunId ?? RunIdentity.Of(analysis, study, null);
        Directory.CreateDirectory(order.OutputFolder);
        return new AnalysisOutcome.NotAssessable(runId, order.OutputFolder, reason, cause, []);
    }

    private static EvidenceContext Context(
        AnalysisOrder order, IAnalysis analysis, SourceStudy study, IReadOnlyDictionary<string, SourceSeries> series, string runId) => new()
        {
            RunId = runId,
            Analysis = analysis,
            Study = study,
            Series = series,
            Device = order.Device,
            Time = order.Time,
            Language = order.Language,
            Predecessor = order.Predecessor,
        };

    private static AnalysisOutcome Written(
        EvidenceContext context, AnalysisResult result, AnalysisInput input, string folder)
    {
        Directory.CreateDirectory(folder);
        var objects = new List<WrittenObject>();
        foreach (var made in EvidenceSet.Write(context, result, input))
        {
            using var file = File.Create(Path.Combine(folder, made.FileName));
            file.Write(made.Content.Span);
            objects.Add(new WrittenObject(
                made.Kind, made.FileName, made.Reference, made.Content.Length,
                Convert.ToHexStringLower(SHA256.HashData(made.Content.Span))));
        }

        return result is AnalysisResult.NotAssessable no
            ? new AnalysisOutcome.NotAssessable(context.RunId, folder, no.Reason, no.Cause, objects)
            : new AnalysisOutcome.Completed(context.RunId, folder, objects);
    }

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
