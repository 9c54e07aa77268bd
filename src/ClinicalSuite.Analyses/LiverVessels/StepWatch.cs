using System.Diagnostics;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Tells progress, takes times, and notices cancellation between the steps of a run.</summary>
internal sealed class StepWatch(IProgress<AnalysisProgress> progress, CancellationToken cancellation)
{
    private readonly Dictionary<string, double> _timingsMs = [];
    private string? _step;
    private long _began;

    public IReadOnlyDictionary<string, double> TimingsMs
    {
        get
        {
            Close();
            return _timingsMs;
        }
    }

    public void Begin(string step, double fraction)
    {
        cancellation.ThrowIfCancellationRequested();
        Close();
        (_step, _began) = (step, Stopwatch.GetTimestamp());
        progress.Report(new AnalysisProgress(fraction, step));
    }

    public void End()
    {
        Close();
        progress.Report(new AnalysisProgress(1, "done"));
    }

    private void Close()
    {
        if (_step is not null)
        {
            _timingsMs[_step] = Math.Round(Stopwatch.GetElapsedTime(_began).TotalMilliseconds, 1);
            _step = null;
        }
    }
}
