using System.Globalization;

namespace ClinicalSuite.Server.Studies;

/// <summary>DICOM values as people write them.</summary>
public static class PatientText
{
    /// <summary><c>Wang^XiaoDong=王^小东</c> becomes <c>Wang XiaoDong (王小东)</c> (PS3.5 6.2.1).</summary>
    public static string Name(string value)
    {
        var groups = value.Split('=');
        var alphabetic = Join(groups[0], " ");
        var ideographic = groups.Length > 1 ? Join(groups[1], "") : "";
        return ideographic.Length == 0 ? alphabetic
            : alphabetic.Length == 0 ? ideographic
            : $"{alphabetic} ({ideographic})";
    }

    /// <summary>DA as year-month-day; as received when it is no date.</summary>
    public static string Date(string value) =>
        DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value;

    /// <summary>A moment in the local time of the appliance.</summary>
    public static string Moment(DateTime utc) =>
        utc.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Join(string group, string between) =>
        string.Join(between, group.Split('^', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
