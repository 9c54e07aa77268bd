using System.Globalization;
using System.Text.Json;

namespace ClinicalSuite.Dicom;

/// <summary>The DICOM JSON model (PS3.18 Annex F).</summary>
public static class DicomJson
{
    /// <summary>Writes a data set as one JSON object.</summary>
    /// <param name="bulkDataUri">
    /// Where the bytes of an element can be had, or null to write them inline; without it all bytes are inline and
    /// encapsulated pixel data are left out.
    /// </param>
    /// <exception cref="DicomFormatException">A number is unreadable.</exception>
    public static void Write(
        DicomDataset dataset, Utf8JsonWriter writer, Func<DicomElement, string?>? bulkDataUri = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        foreach (var element in dataset)
        {
            if (element.Tag.IsGroupLength)
            {
                continue;
            }

            var uri = element is DicomSequence ? null : bulkDataUri?.Invoke(element);
            if (element is DicomFragmentSequence && uri is null)
            {
                continue;
            }

            writer.WriteStartObject(string.Create(
                CultureInfo.InvariantCulture, $"{element.Tag.Group:X4}{element.Tag.Element:X4}"));
            writer.WriteString("vr", element.VR.Code);
            if (uri is not null)
            {
                writer.WriteString("BulkDataURI", uri);
            }
            else
            {
                WriteValue(dataset, element, writer, bulkDataUri);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>The data set as JSON text.</summary>
    public static string ToText(DicomDataset dataset, Func<DicomElement, string?>? bulkDataUri = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(dataset, writer, bulkDataUri);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteValue(
        DicomDataset dataset, DicomElement element, Utf8JsonWriter writer, Func<DicomElement, string?>? bulkDataUri)
    {
        if (element.IsEmpty)
        {
            return;
        }

        if (element is not DicomSequence && element.VR.IsOther)
        {
            writer.WriteBase64String("InlineBinary", element.ReadBytes().Span);
            return;
        }

        writer.WriteStartArray("Value");
        if (element is DicomSequence sequence)
        {
            foreach (var item in sequence.Items)
            {
                Write(item, writer, bulkDataUri);
            }
        }
        else if (element.VR == DicomVR.PN)
        {
            WriteNames(dataset.GetStrings(element.Tag), writer);
        }
        else if (element.VR == DicomVR.AT)
        {
            foreach (var tag in dataset.GetTags(element.Tag))
            {
                writer.WriteStringValue(
                    string.Create(CultureInfo.InvariantCulture, $"{tag.Group:X4}{tag.Element:X4}"));
            }
        }
        else if (element.VR.IsText && element.VR != DicomVR.DS && element.VR != DicomVR.IS)
        {
            WriteTexts(dataset.GetStrings(element.Tag), writer);
        }
        else
        {
            WriteNumbers(dataset.GetStrings(element.Tag), writer);
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(IReadOnlyList<string> values, Utf8JsonWriter writer)
    {
        foreach (var value in values)
        {
            if (value.Length == 0)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteStringValue(value);
            }
        }
    }

    /// <summary>DS and IS are numbers where they are numbers, and text otherwise (PS3.18 F.2.3.1).</summary>
    private static void WriteNumbers(IReadOnlyList<string> values, Utf8JsonWriter writer)
    {
        foreach (var value in values)
        {
            if (value.Length == 0)
            {
                writer.WriteNullValue();
            }
            else if (ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            {
                writer.WriteNumberValue(whole);
            }
            else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number))
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(value);
            }
        }
    }

    private static void WriteNames(IReadOnlyList<string> values, Utf8JsonWriter writer)
    {
        foreach (var value in values)
        {
            var name = DicomPersonName.Parse(value);
            writer.WriteStartObject();
            WriteGroup("Alphabetic", name.Alphabetic);
            WriteGroup("Ideographic", name.Ideographic);
            WriteGroup("Phonetic", name.Phonetic);
            writer.WriteEndObject();
        }

        void WriteGroup(string group, string text)
        {
            if (text.Length > 0)
            {
                writer.WriteString(group, text);
            }
        }
    }
}
