using System.Globalization;
using System.Text.Json;

namespace ClinicalSuite.Dicom;

/// <summary>The DICOM JSON model (PS3.18 Annex F).</summary>
public static partial class DicomJson
{
    /// <summary>Writes a data set as one JSON object. Its text is UTF-8, and (0008,0005) says so.</summary>
    /// <param name="bulkDataUri">
    /// Where the bytes of an element can be had, or null to write them inline; without it all bytes are inline and
    /// encapsulated pixel data are left out. It is asked with the element's path, items counted from 0:
    /// <c>7FE00010</c>, <c>00880200/0/7FE00010</c>.
    /// </param>
    /// <exception cref="DicomFormatException">A number is unreadable.</exception>
    public static void Write(
        DicomDataset dataset, Utf8JsonWriter writer, Func<string, DicomElement, string?>? bulkDataUri = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(writer);
        Write(dataset, writer, "", bulkDataUri);
    }

    private static void Write(
        DicomDataset dataset, Utf8JsonWriter writer, string prefix, Func<string, DicomElement, string?>? bulkDataUri)
    {
        writer.WriteStartObject();
        foreach (var element in dataset)
        {
            if (element.Tag.IsGroupLength)
            {
                continue;
            }

            var name = Name(element.Tag);
            var uri = element is DicomSequence ? null : bulkDataUri?.Invoke(prefix + name, element);
            if (element is DicomFragmentSequence && uri is null)
            {
                continue;
            }

            writer.WriteStartObject(name);
            writer.WriteString("vr", element.VR.Code);
            if (uri is not null)
            {
                writer.WriteString("BulkDataURI", uri);
            }
            else if (element is DicomSequence sequence)
            {
                WriteItems(sequence, writer, $"{prefix}{name}/", bulkDataUri);
            }
            else if (!element.IsEmpty)
            {
                WriteValue(dataset, element, writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>The data set as JSON text.</summary>
    public static string ToText(DicomDataset dataset, Func<string, DicomElement, string?>? bulkDataUri = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(dataset, writer, bulkDataUri);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static string Name(DicomTag tag) =>
        string.Create(CultureInfo.InvariantCulture, $"{tag.Group:X4}{tag.Element:X4}");

    private static void WriteItems(
        DicomSequence sequence, Utf8JsonWriter writer, string prefix, Func<string, DicomElement, string?>? bulkDataUri)
    {
        if (sequence.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("Value");
        for (var item = 0; item < sequence.Items.Count; item++)
        {
            Write(sequence.Items[item], writer, string.Create(CultureInfo.InvariantCulture, $"{prefix}{item}/"), bulkDataUri);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(DicomDataset dataset, DicomElement element, Utf8JsonWriter writer)
    {
        if (element.VR.IsOther)
        {
            writer.WriteBase64String("InlineBinary", element.ReadBytes().Span);
            return;
        }

        writer.WriteStartArray("Value");
        if (element.Tag == DicomTag.SpecificCharacterSet)
        {
            // PS3.18 F.2: the object is UTF-8 whatever its source was in.
            writer.WriteStringValue("ISO_IR 192");
        }
        else if (element.VR == DicomVR.PN)
        {
            WriteNames(dataset.GetStrings(element.Tag), writer);
        }
        else if (element.VR == DicomVR.AT)
        {
            foreach (var tag in dataset.GetTags(element.Tag))
            {
                writer.WriteStringValue(Name(tag));
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
            else if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed))
            {
                writer.WriteNumberValue(signed);
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
            if (value.Length == 0)
            {
                writer.WriteNullValue();
                continue;
            }

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
