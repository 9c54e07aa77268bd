using System.Globalization;
using System.Text;

namespace ClinicalSuite.Server.Health;

/// <summary>The text exposition format of Prometheus, version 0.0.4.</summary>
public sealed class PrometheusText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder lines = new();

    /// <param name="type">counter, gauge or histogram.</param>
    public void Head(string name, string type, string help) =>
        lines.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    /// <param name="labels">As <see cref="Label"/> makes them, joined by commas; empty when there are none.</param>
    public void Line(string name, string labels, double value) =>
        lines.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(Number(value)).Append('\n');

    /// <summary>A gauge of one value.</summary>
    public void Gauge(string name, string help, double value)
    {
        Head(name, "gauge", help);
        Line(name, "", value);
    }

    /// <summary>A gauge by one label.</summary>
    public void Gauge(string name, string help, string label, IEnumerable<(string Of, double Value)> values)
    {
        Head(name, "gauge", help);
        foreach (var (of, value) in values)
        {
            Line(name, Label(label, of), value);
        }
    }

    public override string ToString() => lines.ToString();

    internal static string Label(string key, string value)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{key}=\"{escaped}\"";
    }

    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
