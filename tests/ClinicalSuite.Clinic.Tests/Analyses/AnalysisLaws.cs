using System.Diagnostics;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Clinic.Tests.Analyses;

/// <summary>What every analysis promises, whatever it measures.</summary>
internal static class AnalysisLaws
{
    public const string Repeats = "the same input gives the same result";
    public const string Threads = "threads change nothing";
    public const string LeavesInput = "the input is left as it was";
    public const string Progress = "progress never falls and ends at 1";
    public const string Codes = "each measurement has a code and a UCUM unit";
    public const string Geometry = "segments lie on the grid of their source";
    public const string ForeignModality = "a foreign modality is refused";
    public const string Cancels = "it stops when it is cancelled";

    private const string NoSuchModality = "ECG";

    // One second is promised; the rest is for a machine that is busy with other things.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    /// <summary>The laws that an analysis breaks on an input that it must complete, each with what was seen.</summary>
    public static IReadOnlyList<(string Law, string Seen)> Broken(IAnalysis analysis, AnalysisInput input)
    {
        var broken = new List<(string Law, string Seen)>();
        var before = ResultDigest.Of(input);
        var steps = new List<AnalysisProgress>();
        var first = analysis.Run(input with { Threads = 1 }, new Recorder(steps.Add), CancellationToken.None);
        if (ResultDigest.Of(input) != before)
        {
            broken.Add((LeavesInput, "voxels or facts differ after a run"));
        }

        Compare(Repeats, analysis.Run(input with { Threads = 1 }, new Recorder(_ => { }), CancellationToken.None));
        Compare(Threads, analysis.Run(input with { Threads = 2 }, new Recorder(_ => { }), CancellationToken.None));
        broken.AddRange(ProgressFaults(steps).Select(seen => (Progress, seen)));
        if (first is AnalysisResult.Completed completed)
        {
            broken.AddRange(CodeFaults(completed).Select(seen => (Codes, seen)));
            broken.AddRange(GeometryFaults(completed, input).Select(seen => (Geometry, seen)));
        }
        else
        {
            broken.Add((Repeats, $"not completed: {first}"));
        }

        broken.AddRange(ForeignFaults(analysis, input).Select(seen => (ForeignModality, seen)));
        broken.AddRange(steps.Where(step => step.Fraction < 0.9).SelectMany(step => CancelFaults(analysis, input, step)).Select(seen => (Cancels, seen)));
        return broken;

        void Compare(string law, AnalysisResult other)
        {
            if (ResultDigest.Of(other) != ResultDigest.Of(first))
            {
                broken.Add((law, "another result"));
            }
        }
    }

    private static IEnumerable<string> ProgressFaults(List<AnalysisProgress> steps)
    {
        if (steps.Count == 0 || steps[^1].Fraction != 1)
        {
            yield return "the last report is not 1";
        }

        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Fraction is not (>= 0 and <= 1) || steps[i].Step.Length == 0 || (i > 0 && steps[i].Fraction < steps[i - 1].Fraction))
            {
                yield return $"report {i}: {steps[i]}";
            }
        }
    }

    private static IEnumerable<string> CodeFaults(AnalysisResult.Completed result)
    {
        var codes = result.Measurements.SelectMany(m => new[] { (m.Name, m.Concept), (m.Name, m.Unit) })
            .Concat((result.Segments?.Segments ?? []).SelectMany(s => new[] { (s.Label, s.Type), (s.Label, s.Category), (s.Label, s.Region) }))
            .Concat(result.Quality.Select(note => (note.Cause, note.Code)));
        foreach (var (name, code) in codes)
        {
            if (code.Value.Length is 0 or > 16 || code.Scheme.Length == 0 || code.Meaning.Length == 0)
            {
                yield return $"{name}: {code}";
            }
        }

        var numbers = (result.Segments?.Segments ?? []).Select(segment => segment.Number).ToHashSet();
        foreach (var m in result.Measurements)
        {
            var isStated = m.Value is { } value ? double.IsFinite(value) : m.Missing is not null;
            if (m.Unit.Scheme != "UCUM" || !isStated || (m.SegmentNumber is { } number && !numbers.Contains(number)))
            {
                yield return m.ToString();
            }
        }
    }

    private static IEnumerable<string> GeometryFaults(AnalysisResult.Completed result, AnalysisInput input)
    {
        if (result.Segments is { } map)
        {
            if (!input.Series.TryGetValue(map.SeriesRole, out var source) || map.Labels.Geometry != source.Image.Geometry)
            {
                yield return $"the labels do not lie on the grid of {map.SeriesRole}";
            }

            var declared = map.Segments.Select(segment => (byte)segment.Number).Append((byte)0).ToArray();
            if (map.Labels.Voxels.IndexOfAnyExcept(declared) >= 0)
            {
                yield return "a label without a segment";
            }
        }

        foreach (var values in result.Maps.Where(values => values.Values.Geometry != input.Series[values.SeriesRole].Image.Geometry))
        {
            yield return $"map {values.Name} does not lie on the grid of {values.SeriesRole}";
        }
    }

    private static IEnumerable<string> ForeignFaults(IAnalysis analysis, AnalysisInput input)
    {
        var foreign = input.Series.ToDictionary(
            series => series.Key, series => series.Value with { Facts = series.Value.Facts with { Modality = NoSuchModality } });
        var selection = analysis.Select(new StudyManifest("1", [.. foreign.Values.Select(series => series.Facts)]));
        if (selection is not Selection.NotForMe { Reason.Value.Length: > 0, Cause.Length: > 0 })
        {
            yield return $"selected: {selection}";
        }

        var result = analysis.Run(input with { Series = foreign }, new Recorder(_ => { }), CancellationToken.None);
        if (result is not AnalysisResult.NotAssessable)
        {
            yield return $"run on {NoSuchModality}";
        }
    }

    /// <summary>Cancels at one step of the run and waits for the end.</summary>
    private static IEnumerable<string> CancelFaults(IAnalysis analysis, AnalysisInput input, AnalysisProgress at)
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = new Stopwatch();
        var recorder = new Recorder(step =>
        {
            if (step == at)
            {
                cancelled.Start();
                cancellation.Cancel();
            }
        });
        string? fault = null;
        try
        {
            analysis.Run(input, recorder, cancellation.Token);
            fault = $"cancelled at {at.Step} it went on to the end";
        }
        catch (OperationCanceledException) when (cancelled.IsRunning && cancelled.Elapsed < LongestStop)
        {
        }
        catch (OperationCanceledException)
        {
            fault = $"cancelled at {at.Step} it took {cancelled.Elapsed.TotalSeconds:F0} s to stop";
        }

        if (fault is not null)
        {
            yield return fault;
        }
    }

    private sealed class Recorder(Action<AnalysisProgress> report) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => report(value);
    }
}
