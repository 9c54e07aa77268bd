using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Health;

/// <summary>Adds up what the instruments of <see cref="Telemetry"/> report from the start of the program on.</summary>
public sealed class InstrumentTotals : IDisposable
{
    /// <summary>Upper bounds of the buckets of every histogram, seconds: a flush takes milliseconds, an analysis minutes.</summary>
    public static readonly IReadOnlyList<double> Bounds = [0.005, 0.02, 0.1, 0.5, 2, 10, 30, 60, 120, 300, 900];

    private readonly ConcurrentDictionary<(Instrument Instrument, string Tags), Series> series = new();
    private readonly MeterListener listener = new();

    public InstrumentTotals()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == Telemetry.MeterName)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    /// <summary>Writes each instrument that has reported, with its description.</summary>
    public void Write(PrometheusText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var instrument in series.GroupBy(entry => entry.Key.Instrument).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var isHistogram = instrument.Key is Histogram<double>;
            text.Head(instrument.Key.Name, isHistogram ? "histogram" : "counter", instrument.Key.Description ?? "");
            foreach (var (key, one) in instrument.OrderBy(entry => entry.Key.Tags, StringComparer.Ordinal))
            {
                one.Write(text, key.Instrument.Name, key.Tags, isHistogram);
            }
        }
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (key, tag) in tags)
        {
            labels.Add(PrometheusText.Label(key, tag?.ToString() ?? ""));
        }

        series.GetOrAdd((instrument, string.Join(',', labels)), _ => new Series()).Add(value);
    }

    /// <summary>One combination of tags.</summary>
    private sealed class Series
    {
        private readonly Lock gate = new();
        private readonly long[] buckets = new long[Bounds.Count];
        private double sum;
        private long count;

        public void Add(double value)
        {
            lock (gate)
            {
                sum += value;
                count++;
                for (var i = 0; i < buckets.Length; i++)
                {
                    buckets[i] += value <= Bounds[i] ? 1 : 0;
                }
            }
        }

        public void Write(PrometheusText text, string name, string labels, bool isHistogram)
        {
            lock (gate)
            {
                if (!isHistogram)
                {
                    text.Line(name, labels, sum);
                    return;
                }

                var more = labels.Length == 0 ? "" : labels + ",";
                for (var i = 0; i < buckets.Length; i++)
                {
                    text.Line(name + "_bucket", more + PrometheusText.Label("le", PrometheusText.Number(Bounds[i])), buckets[i]);
                }

                text.Line(name + "_bucket", more + PrometheusText.Label("le", "+Inf"), count);
                text.Line(name + "_sum", labels, sum);
                text.Line(name + "_count", labels, count);
            }
        }
    }
}
