using System.Globalization;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Cli.Offline;

/// <summary>How far a run is: a bar on a terminal, else a line a second. Shown from a timer, so that a long step is seen to live.</summary>
internal sealed class ProgressDisplay : IProgress<AnalysisProgress>, IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BarEvery = TimeSpan.FromSeconds(0.2);

    private readonly Lock _gate = new();
    private readonly TextWriter _target;
    private readonly bool _isTerminal;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private AnalysisProgress _latest = new(0, "starting");
    private int _width;
    private bool _isOver;

    public ProgressDisplay(TextWriter target, bool isTerminal, TimeProvider time)
    {
        (_target, _isTerminal, _time, _started) = (target, isTerminal, time, time.GetTimestamp());
        var every = isTerminal ? BarEvery : LineEvery;
        _timer = time.CreateTimer(_ => Show(), null, every, every);
    }

    public void Report(AnalysisProgress value)
    {
        lock (_gate)
        {
            _latest = value;
        }
    }

    /// <summary>Ends the display and clears the bar, so that what follows begins on a clean line.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _isOver = true;
            if (_width > 0)
            {
                _target.Write("\r" + new string(' ', _width) + "\r");
            }
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            var fraction = Math.Clamp(_latest.Fraction, 0, 1);
            var line = string.Create(CultureInfo.InvariantCulture,
                $"{fraction * 100,3:F0} %  {_latest.Step} ({_time.GetElapsedTime(_started).TotalSeconds:F0} s)");
            if (!_isTerminal)
            {
                _target.WriteLine(line);
                return;
            }

            var filled = (int)Math.Round(fraction * BarWidth);
            line = $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {line}";
            _target.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
    }
}
