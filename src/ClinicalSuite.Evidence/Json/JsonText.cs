using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Json;

/// <summary>JSON as this assembly writes it: equal values give equal bytes, numbers in their shortest form that reads back the same.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // No HTML embeds these files; Chinese and UCUM's apostrophes stay legible.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    public static void WriteCode(this Utf8JsonWriter json, string property, Code code)
    {
        json.WriteStartObject(property);
        json.WriteString("scheme", code.Scheme);
        json.WriteString("value", code.Value);
        json.WriteString("meaning", code.Meaning);
        json.WriteEndObject();
    }

    /// <summary>Four rows of four: (column, row, slice, 1) -> LPS mm.</summary>
    public static void WriteAffine(this Utf8JsonWriter json, VolumeGeometry grid)
    {
        // A row a line: what people expect of a matrix.
        var rows = Rows(grid).Select(row => "    [" + string.Join(", ", row.Select(Number)) + "]");
        json.WritePropertyName("affine");
        json.WriteRawValue("[\n" + string.Join(",\n", rows) + "\n  ]");
    }

    public static void WriteNumbers(this Utf8JsonWriter json, string property, IEnumerable<int> numbers)
    {
        json.WritePropertyName(property);
        json.WriteRawValue("[" + string.Join(", ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))) + "]");
    }

    private static double[][] Rows(VolumeGeometry grid) =>
    [
        [grid.ColumnStep.X, grid.RowStep.X, grid.SliceStep.X, grid.Origin.X],
        [grid.ColumnStep.Y, grid.RowStep.Y, grid.SliceStep.Y, grid.Origin.Y],
        [grid.ColumnStep.Z, grid.RowStep.Z, grid.SliceStep.Z, grid.Origin.Z],
        [0, 0, 0, 1],
    ];

    // Adding zero turns a negative zero, which a turned axis leaves behind, into zero.
    private static string Number(double value) => (value + 0.0).ToString("R", CultureInfo.InvariantCulture);
}
