using System.Text;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Standards.Tests.Deidentification;

/// <summary>Values that are found again in the bytes of a file wherever they survive.</summary>
internal static class Planted
{
    public const string Word = "MARKED";
    public const string Uid = "1.9.7177.42.";
    public const string Date = "19310713";
    public const string Time = "231459.777";
    public const string Name = "Quimbleton";

    /// <summary>In each element that is no date: a marker, and where text is free the patient's name beside it.</summary>
    public static DicomElement Element(DicomTag tag, DicomVR vr)
    {
        var dataset = new DicomDataset();
        switch (vr.Code)
        {
            case "SQ":
                dataset.AddOrUpdate(tag, new DicomDataset()
                    .AddOrUpdate(DicomTag.CodeMeaning, $"{Word} {Name}")
                    .AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, Uid + tag.Value));
                break;
            case "UI":
                dataset.AddOrUpdate(vr, tag, Uid + tag.Value);
                break;
            case "DA":
                dataset.AddOrUpdate(vr, tag, Date);
                break;
            case "TM":
                dataset.AddOrUpdate(vr, tag, Time);
                break;
            case "DT":
                dataset.AddOrUpdate(vr, tag, Date + Time);
                break;
            case "AS":
                dataset.AddOrUpdate(vr, tag, "077Y");
                break;
            case "IS" or "DS":
                dataset.AddOrUpdate(vr, tag, "771931");
                break;
            case "AE" or "CS" or "SH":
                dataset.AddOrUpdate(vr, tag, Word);
                break;
            case "PN":
                dataset.AddOrUpdate(vr, tag, $"{Word}^{Name}");
                break;
            default:
                dataset.AddOrUpdate(vr, tag, vr.IsText ? Encoding.ASCII.GetBytes($"{Word} {Name}") : Encoding.ASCII.GetBytes(Word + "MARKED12"));
                break;
        }

        return dataset.GetElement(tag);
    }

    public static IReadOnlyList<string> All => [Word, Uid, Date, Time, Name, "077Y", "771931"];

    /// <summary>Which of the planted values the bytes still hold.</summary>
    public static IReadOnlyList<string> In(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return [.. All.Where(value => text.Contains(value, StringComparison.OrdinalIgnoreCase))];
    }
}
