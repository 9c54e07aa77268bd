using System.Globalization;
using System.Text;

namespace ClinicalSuite.Dicom;

/// <summary>A data set as text, one element a line: tag, VR, value, length and keyword.</summary>
public static class DicomDump
{
    private const int MaximumCharacters = 96;
    private const int MaximumNumbers = 16;

    /// <summary>Writes file meta information, data set and what was not in order.</summary>
    public static void Write(DicomFile file, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(target);
        target.WriteLine("# file meta information");
        Write(file.FileMetaInformation, target);
        target.WriteLine($"# data set, {file.TransferSyntax}");
        Write(file.Dataset, target);
        foreach (var remark in file.Remarks)
        {
            target.WriteLine($"# {remark}");
        }
    }

    /// <summary>Writes a data set; items are indented.</summary>
    public static void Write(DicomDataset dataset, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(target);
        Write(dataset, target, "");
    }

    private static void Write(DicomDataset dataset, TextWriter target, string indent)
    {
        foreach (var element in dataset)
        {
            if (element is not DicomSequence sequence)
            {
                target.WriteLine(
                    $"{indent}{element.Tag} {element.VR} {ValueOf(dataset, element)}  # {LengthOf(element)} "
                    + KeywordOf(dataset, element.Tag));
                continue;
            }

            target.WriteLine(
                $"{indent}{element.Tag} SQ {Counted(sequence.Items.Count, "item")}  # "
                + KeywordOf(dataset, element.Tag));
            for (var index = 0; index < sequence.Items.Count; index++)
            {
                target.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{indent}  item {index + 1}"));
                Write(sequence.Items[index], target, indent + "    ");
            }
        }
    }

    private static string ValueOf(DicomDataset dataset, DicomElement element)
    {
        if (element is DicomFragmentSequence fragments)
        {
            return $"<{Counted(fragments.Fragments.Count, "fragment")}>";
        }

        if (element.IsEmpty)
        {
            return "(no value)";
        }

        if (element.VR.IsOther)
        {
            return element.Length <= MaximumNumbers
                ? Convert.ToHexStringLower(element.ReadBytes().Span)
                : string.Create(CultureInfo.InvariantCulture, $"<{element.Length} bytes>");
        }

        try
        {
            var values = dataset.GetStrings(element.Tag);
            var text = string.Join('\\', element.VR.IsText ? values : values.Take(MaximumNumbers))
                + (!element.VR.IsText && values.Count > MaximumNumbers ? "\\..." : "");
            return element.VR.IsText ? $"[{Shown(text)}]{UidName(element.VR, text)}" : text;
        }
        catch (DicomFormatException unreadable)
        {
            return $"<unreadable: {unreadable.Reason}>";
        }
    }

    private static string UidName(DicomVR vr, string uid)
    {
        var name = vr == DicomVR.UI ? DicomUID.NameOf(uid) : uid;
        return name == uid ? "" : $" {name}";
    }

    /// <summary>Control characters are shown as such, so that a value cannot write lines of its own.</summary>
    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var character in text)
        {
            if (shown.Length >= MaximumCharacters)
            {
                return shown.Append("...").ToString();
            }

            shown.Append(char.IsControl(character)
                ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}")
                : character.ToString());
        }

        return shown.ToString();
    }

    private static string LengthOf(DicomElement element) =>
        element.Length < 0 ? "undefined" : element.Length.ToString(CultureInfo.InvariantCulture);

    private static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string KeywordOf(DicomDataset dataset, DicomTag tag) =>
        DicomDictionary.TryFind(tag, out var entry)
        || (dataset.TryGetString(tag.PrivateCreatorTag, out var creator)
            && DicomDictionary.TryFindPrivate(creator, tag, out entry))
            ? entry.Keyword
            : "";
}
