using System.Globalization;

namespace ClinicalSuite.Dicom.Conformance;

/// <summary>What PS3.5 6.2 asks of a value by its VR; null for a value that is well formed, else what is wrong with it.</summary>
internal static class ValueForms
{
    private const int LongestNameGroup = 64;
    private const int MostNameComponents = 5;
    private const int MostNameGroups = 3;

    /// <summary>Reasons name no value: it may be a person's.</summary>
    public static string? Fault(DicomVR vr, string value) => vr.Code switch
    {
        "AE" => Short(value, 16) ?? Printable(value),
        "AS" => IsAge(value) ? null : "is no age: three digits and D, W, M or Y",
        "CS" => Short(value, 16) ?? (value.All(IsCodeLetter) ? null : "has characters other than capital letters, digits, space and _"),
        "DA" => IsDate(value) ? null : "is no date: YYYYMMDD",
        "DS" => Short(value, 16) ?? (IsDecimal(value) ? null : "is no decimal number"),
        "DT" => Short(value, 26) ?? (IsDateTime(value) ? null : "is no date and time: YYYYMMDDHHMMSS.FFFFFF&ZZXX"),
        "IS" => Short(value, 12) ?? (IsInteger(value) ? null : "is no whole number of 32 bits"),
        "TM" => IsTime(value) ? null : "is no time: HHMMSS.FFFFFF",
        "UI" => !DicomUID.IsValid(value) ? "is no UID: digits in components without leading zeros, at most 64 characters"
            : HasRoot(value) ? null : "is under no root of UIDs: 0, 1 or 2, and below 0 and 1 no more than 39",
        "LO" => Short(value, 64) ?? Printable(value),
        "SH" => Short(value, 16) ?? Printable(value),
        "UC" => Printable(value),
        "PN" => NameFault(value),
        "ST" => Short(value, 1024) ?? Text(value),
        "LT" => Short(value, 10240) ?? Text(value),
        "UT" => Text(value),
        "UR" => value.Contains(' ', StringComparison.Ordinal) ? "has a space within" : null,
        _ => null,
    };

    private static string? Short(string value, int most) => CharacterCount(value) <= most ? null : $"is longer than {most} characters";

    private static int CharacterCount(string value) => value.Length - value.Count(char.IsLowSurrogate);

    private static string? Printable(string value) => value.Any(char.IsControl) ? "has a control character" : null;

    private static string? Text(string value) =>
        value.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\f' or '\t')) ? "has a control character" : null;

    private static bool IsCodeLetter(char letter) => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is ' ' or '_';

    /// <summary>ISO/IEC 8824-1 (PS3.5 9.1).</summary>
    private static bool HasRoot(string uid) =>
        uid.Split('.') is [var root, var next, ..]
        && (root == "2" || (root is "0" or "1" && int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var arc) && arc < 40));

    private static bool IsAge(string value) =>
        value.Length == 4 && value[..3].All(char.IsAsciiDigit) && (value[3] is 'D' or 'W' or 'M' or 'Y');

    private static bool IsDate(string value) =>
        value.Length == 8 && DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDecimal(string value)
    {
        var text = value.Trim(' ');
        return text.Length > 0 && text.All(letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or '.' or 'e' or 'E')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsInteger(string value)
    {
        var text = value.Trim(' ');
        return text.Length > 0 && text.All(letter => char.IsAsciiDigit(letter) || letter is '+' or '-')
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsTime(string value)
    {
        var text = value.TrimEnd(' ');
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "0" : text[(point + 1)..];
        return whole.Length is 2 or 4 or 6 && (point < 0 || whole.Length == 6)
            && IsWithin(whole, 0, 0, 23) && IsWithin(whole, 2, 0, 59) && IsWithin(whole, 4, 0, 60)
            && fraction.Length is >= 1 and <= 6 && fraction.All(char.IsAsciiDigit);
    }

    private static bool IsDateTime(string value)
    {
        var text = value.TrimEnd(' ');
        var offset = text.IndexOfAny(['+', '-']);
        if (offset >= 0)
        {
            var zone = text[(offset + 1)..];
            if (zone.Length != 4 || !IsWithin(zone, 0, 0, 14) || !IsWithin(zone, 2, 0, 59))
            {
                return false;
            }

            text = text[..offset];
        }

        if (text.Length < 4 || !text[..4].All(char.IsAsciiDigit))
        {
            return false;
        }

        if (text.Length <= 8)
        {
            return text.Length % 2 == 0 && IsDate(text.Length switch { 4 => text + "0101", 6 => text + "01", _ => text });
        }

        return IsDate(text[..8]) && IsTime(text[8..]);
    }

    /// <summary>Two digits at a place in range; true where the text ends before.</summary>
    private static bool IsWithin(string text, int start, int least, int most) =>
        start >= text.Length
        || (int.TryParse(text.AsSpan(start, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most);

    private static string? NameFault(string value)
    {
        var groups = value.Split('=');
        if (groups.Length > MostNameGroups)
        {
            return $"has more than {MostNameGroups} component groups";
        }

        if (groups.Any(group => CharacterCount(group) > LongestNameGroup))
        {
            return $"has a component group of more than {LongestNameGroup} characters";
        }

        return groups.Any(group => group.Count(letter => letter == '^') >= MostNameComponents)
            ? $"has a component group of more than {MostNameComponents} components"
            : Printable(value);
    }
}
