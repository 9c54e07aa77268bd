using System.Globalization;
using System.Text.Json;

namespace ClinicalSuite.Server.Documents;

/// <summary>What the page shows of a <c>findings.json</c> (DESIGN.md section 4 has its form).</summary>
public sealed record FindingsSheet(IReadOnlyList<MeasurementLine> Measurements, IReadOnlyList<string> Quality)
{
    private static readonly string[] NoteParts = ["code", "cause"];

    /// <summary>Reads the file; one that is gone or damaged must not take the rest of the page away.</summary>
    /// <returns>The sheet, or the problem in words; exactly one is not null.</returns>
    public static (FindingsSheet? Sheet, string? Problem) TryRead(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return (Of(document), null);
        }
        catch (IOException)
        {
            return (null, "The file of the measurements is missing from the store; run clinicalsuite verify-store.");
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, "The file of the measurements is damaged; run clinicalsuite verify-store.");
        }
    }

    private static FindingsSheet Of(JsonDocument document)
    {
        var root = document.RootElement;
        var labels = Labels(root);
        return new FindingsSheet(
            root.TryGetProperty("measurements", out var measurements) ? [.. measurements.EnumerateArray().Select(m => Line(m, labels))] : [],
            root.TryGetProperty("quality", out var quality) ? [.. quality.EnumerateArray().Select(Note)] : []);
    }

    private static MeasurementLine Line(JsonElement measurement, Dictionary<string, string> labels)
    {
        var value = measurement.GetProperty("value");
        var segment = Text(measurement, "segment");
        return new MeasurementLine(
            Text(measurement, "name"),
            Concept(measurement),
            value.ValueKind == JsonValueKind.Number ? Number(value) : null,
            Text(measurement, "missing"),
            Unit(measurement),
            labels.GetValueOrDefault(segment, segment),
            Text(measurement, "method"),
            measurement.TryGetProperty("uncertainty", out var deviation) && deviation.ValueKind == JsonValueKind.Number
                ? Number(deviation) : "");
    }

    private static string Concept(JsonElement measurement)
    {
        var derivation = Text(measurement, "derivation");
        return Text(measurement, "code") + (derivation.Length > 0 ? $" ({derivation})" : "");
    }

    /// <summary>Labels of the segments by number.</summary>
    private static Dictionary<string, string> Labels(JsonElement root) =>
        root.TryGetProperty("segments", out var segments)
            ? segments.EnumerateArray().DistinctBy(s => Text(s, "number")).ToDictionary(s => Text(s, "number"), s => Text(s, "label"))
            : [];

    /// <summary>Three digits that mean something below 1: a small value must not be shown as 0.</summary>
    private static string Number(JsonElement number)
    {
        var value = number.GetDouble();
        return value.ToString(Math.Abs(value) >= 1 ? "0.##" : "G3", CultureInfo.InvariantCulture);
    }

    private static string Unit(JsonElement measurement) => Text(measurement, "unit") switch
    {
        "[hnsf'U]" => "HU",
        "1" => "",
        "cm3" => "cm³",
        "mm2" => "mm²",
        var other => other,
    };

    private static string Note(JsonElement note) =>
        note.ValueKind == JsonValueKind.String ? note.GetString()!
        : string.Join(": ", NoteParts.Select(name => Text(note, name)).Where(text => text.Length > 0));

    /// <summary>A text, number or code (shown by its meaning); empty when absent.</summary>
    private static string Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return "";
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Object when value.TryGetProperty("meaning", out var meaning) => meaning.GetString() ?? "",
            JsonValueKind.Object when value.TryGetProperty("value", out var code) => code.GetString() ?? "",
            _ => "",
        };
    }
}
