using System.Globalization;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>DA and TM as senders write them (PS3.5 6.2): a date or time that is none is absent.</summary>
internal static class DicomDateTime
{
    private static readonly string[] DateFormats = ["yyyyMMdd", "yyyy.MM.dd", "yyyy-MM-dd"];

    private static readonly string[] TimeFormats = ["HHmmss", "HHmm", "HH", "HH:mm:ss", "HH:mm"];

    public static DateOnly? Date(DicomDataset header, DicomTag tag) =>
        header.TryGetString(tag, out var text) ? Date(text) : null;

    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    public static TimeOnly? Time(DicomDataset header, DicomTag tag) =>
        header.TryGetString(tag, out var text) ? Time(text) : null;

    public static TimeOnly? Time(string text)
    {
        var parts = text.Trim().Split('.', 2);
        if (!TimeOnly.TryParseExact(
            parts[0], TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        // Digits alone: an exponent would make hours of the fraction.
        return parts.Length == 2
            && double.TryParse("0." + parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction)
            ? time.Add(TimeSpan.FromSeconds(fraction))
            : time;
    }

    public static DateTime? DateAndTime(DicomDataset header, DicomTag date, DicomTag time) =>
        Date(header, date) is { } day ? day.ToDateTime(Time(header, time) ?? TimeOnly.MinValue) : null;
}
