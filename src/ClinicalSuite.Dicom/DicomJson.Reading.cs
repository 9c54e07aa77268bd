using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom;

public static partial class DicomJson
{
    // An item takes three levels: the object of the attribute, the array of items, the item.
    private const int MostLevels = (3 * 64) + 8;

    /// <summary>How JSON of this model must be parsed: deep enough for nested sequences, and no deeper.</summary>
    public static JsonDocumentOptions Parsing { get; } = new() { MaxDepth = MostLevels };

    /// <summary>Reads the text of one JSON object.</summary>
    /// <exception cref="DicomFormatException">The text is no JSON, or no object of the DICOM JSON model.</exception>
    public static DicomDataset Parse(ReadOnlyMemory<byte> utf8, Func<string, ReadOnlyMemory<byte>>? bulkData = null)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Parsing);
            return Read(document.RootElement, bulkData);
        }
        catch (JsonException problem)
        {
            // Its message can repeat a character of the text, which may be a patient's.
            throw new DicomFormatException(string.Create(
                CultureInfo.InvariantCulture, $"no JSON: line {problem.LineNumber + 1}, byte {problem.BytePositionInLine}"));
        }
    }

    /// <summary>Reads one object of the model (PS3.18 F.2).</summary>
    /// <param name="bulkData">Gets the bytes of a BulkDataURI; without it such attributes are left empty.</param>
    /// <exception cref="DicomFormatException">The object is not of the DICOM JSON model.</exception>
    public static DicomDataset Read(JsonElement json, Func<string, ReadOnlyMemory<byte>>? bulkData = null)
    {
        var dataset = ReadItem(json, "", bulkData);
        if (dataset.Contains(DicomTag.SpecificCharacterSet) || !dataset.TextFitsIn())
        {
            dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        }

        return dataset;
    }

    private static DicomDataset ReadItem(
        JsonElement json, string prefix, Func<string, ReadOnlyMemory<byte>>? bulkData)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new DicomFormatException("a data set that is no JSON object", prefix.TrimEnd('.'));
        }

        var dataset = new DicomDataset();
        foreach (var property in json.EnumerateObject())
        {
            var place = prefix.TrimEnd('.');
            try
            {
                // Asking for the name can fail too: JSON holds texts that are no Unicode.
                var tag = TagOf(property.Name, place);
                place = $"{prefix}{tag}";
                ReadAttribute(dataset, tag, property.Value, prefix, bulkData);
            }
            catch (Exception problem) when (problem is InvalidOperationException or ArgumentException
                or OverflowException or (FormatException and not DicomFormatException))
            {
                throw new DicomFormatException("a value that is not of its VR", place);
            }
        }

        return dataset;
    }

    private static DicomTag TagOf(string name, string place) =>
        name.Length == 8
        && uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? new DicomTag(number)
            : throw new DicomFormatException("a name that is no tag of eight hexadecimal digits", place);

    private static void ReadAttribute(
        DicomDataset dataset, DicomTag tag, JsonElement attribute, string prefix,
        Func<string, ReadOnlyMemory<byte>>? bulkData)
    {
        var vr = attribute.TryGetProperty("vr", out var code)
            ? DicomVR.Parse(code.GetString() ?? "")
            : DicomDictionary.Resolve(tag, dataset);
        if (attribute.TryGetProperty("InlineBinary", out var inline))
        {
            dataset.AddOrUpdate(vr, tag, inline.GetBytesFromBase64());
        }
        else if (attribute.TryGetProperty("BulkDataURI", out var uri))
        {
            dataset.AddOrUpdate(vr, tag, bulkData is null ? default : bulkData(uri.GetString() ?? ""));
        }
        else if (!attribute.TryGetProperty("Value", out var values) || values.GetArrayLength() == 0)
        {
            dataset.AddOrUpdate(vr, tag);
        }
        else if (vr == DicomVR.SQ)
        {
            dataset.AddOrUpdate(tag, [.. values.EnumerateArray().Select((item, index) =>
                item.ValueKind == JsonValueKind.Null
                    ? new DicomDataset()
                    : ReadItem(item, $"{prefix}{tag}[{index}].", bulkData))]);
        }
        else
        {
            ReadValues(dataset, tag, vr, [.. values.EnumerateArray()]);
        }
    }

    private static void ReadValues(DicomDataset dataset, DicomTag tag, DicomVR vr, JsonElement[] values)
    {
        if (vr == DicomVR.PN)
        {
            dataset.AddOrUpdate(vr, tag, Array.ConvertAll(values, NameOf));
        }
        else if (vr == DicomVR.AT)
        {
            dataset.AddOrUpdate(tag, Array.ConvertAll(values, value => DicomTag.Parse(value.GetString() ?? "")));
        }
        else if (vr == DicomVR.UV || vr == DicomVR.SV)
        {
            // 64 bits are more than a double holds, and a writer may say them as text (PS3.18 F.2.2).
            var bytes = new byte[8 * values.Length];
            for (var index = 0; index < values.Length; index++)
            {
                var number = Int128.Parse(TextOf(values[index], vr), CultureInfo.InvariantCulture);
                var bits = vr == DicomVR.UV ? checked((ulong)number) : unchecked((ulong)checked((long)number));
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * index), bits);
            }

            dataset.AddOrUpdate(vr, tag, bytes);
        }
        else
        {
            dataset.AddOrUpdate(vr, tag, Array.ConvertAll(values, value => TextOf(value, vr)));
        }
    }

    private static string NameOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return TextOf(value, DicomVR.PN);
        }

        return new DicomPersonName(Group("Alphabetic"), Group("Ideographic"), Group("Phonetic")).ToString();

        string Group(string group) => value.TryGetProperty(group, out var text) ? text.GetString() ?? "" : "";
    }

    /// <summary>DS holds 16 characters: a number that JSON says with more is rounded to them.</summary>
    private static string TextOf(JsonElement value, DicomVR vr) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when vr == DicomVR.DS && value.GetRawText().Length > 16 =>
            DecimalString.Format(value.GetDouble()),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new FormatException(),
    };
}
