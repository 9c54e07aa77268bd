using System.Globalization;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>Dates moved by days; times of day stay (PS3.15 E.3.6).</summary>
internal static class DateShift
{
    /// <summary>The value moved, in the form it had; null where it is no date.</summary>
    public static string? Move(string value, DicomVR vr, int days)
    {
        if (vr == DicomVR.TM)
        {
            return IsTime(value) ? value : null;
        }

        // ACR-NEMA wrote dates with dots (PS3.5 6.2, DA).
        var text = vr == DicomVR.DA ? value.Replace(".", "", StringComparison.Ordinal) : value;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : end;
        if (vr == DicomVR.DA && digits != text.Length)
        {
            return null;
        }

        var known = Math.Min(digits, 8);
        if (known is not (4 or 6 or 8) || !TryRead(text[..known], out var date) || !IsRest(text[known..]))
        {
            return null;
        }

        try
        {
            return date.AddDays(days).ToString("yyyyMMdd", CultureInfo.InvariantCulture)[..known] + text[known..];
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static bool TryRead(string digits, out DateOnly date) => DateOnly.TryParseExact(
        digits.Length == 4 ? digits + "0101" : digits.Length == 6 ? digits + "01" : digits, "yyyyMMdd",
        CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>What follows the date in DT: time of day, fraction, offset from UTC.</summary>
    private static bool IsRest(string text) => text.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '+' or '-');

    private static bool IsTime(string value) => value.All(letter => char.IsAsciiDigit(letter) || letter is '.' or ':');
}
