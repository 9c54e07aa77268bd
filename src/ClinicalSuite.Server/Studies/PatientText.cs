using System.Globalization;

namespace ClinicalSuite.Server.Studies;

/// <summary>DICOM values as people write them.</summary>
public static class PatientText
{
    /// <summary>DA as year-month-day; as received when it is no date.</summary>
    public static string Date(string value) =>
        DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value;

    /// <summary>TM as hours and minutes; empty when it is no time.</summary>
    public static string Time(string value) =>
        value.Length >= 4 && value[..4].All(char.IsAsciiDigit) ? $"{value[..2]}:{value[2..4]}" : "";

    /// <summary>PatientSex in a word (PS3.3 C.7.1.1); as received when it is none of the defined terms.</summary>
    public static string Sex(string value) => value switch
    {
        "M" => "male",
        "F" => "female",
        "O" => "other",
        _ => value,
    };

    /// <summary>The age on the day of the study, whole years; null when one of the two is no date.</summary>
    public static int? Age(string birthDate, string studyDate)
    {
        const string Format = "yyyyMMdd";
        if (!DateOnly.TryParseExact(birthDate, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
            || !DateOnly.TryParseExact(studyDate, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var then)
            || then < born)
        {
            return null;
        }

        var years = then.Year - born.Year;
        return then < born.AddYears(years) ? years - 1 : years;
    }
}
