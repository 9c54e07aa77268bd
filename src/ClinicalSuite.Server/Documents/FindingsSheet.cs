using System.Globalization;
using System.Text.Json;

namespace ClinicalSuite.Server.Documents;

/// <summary>What the page shows of a <c>findings.json</c> (DESIGN.md section 4 has its form).</summary>
public sealed record FindingsSheet(IReadOnlyList<MeasurementLine> Measurements, IReadOnlyList<string> Quality)
{
    private static readonly string[] NoteParts = ["code", "cause"];

    /// <exception cref="JsonException">The file is damaged.</exception>
    public static FindingsSheet Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        return new FindingsSheet(
            root.TryGetProperty("measurements", out var measurements) ? [.. measurements.EnumerateArray().Select(Line)] : [],
            root.TryGetProperty("quality", out var quality) ? [.. quality.EnumerateArray().Select(Note)] : []);
    }

    private static MeasurementLine Line(JsonElement measurement)
    {
        var value = measurement.GetProperty("value");
        return new MeasurementLine(
            Text(measurement, "name"),
            value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("0.##", CultureInfo.InvariantCulture) : null,
            Text(measurement, "missing"),
            Unit(measurement),
            Text(measurement, "segment"),
            Text(measurement, "method"));
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
