namespace ClinicalSuite.Dicom.Query;

/// <summary>
/// A key of VR DA, TM or DT (PS3.4 C.2.2.2.5): one moment to its precision, or a range that may be open at one end.
/// Moments are compared as digits, filled up to the same length.
/// </summary>
internal readonly record struct MomentRange(string From, string To)
{
    // YYYYMMDDHHMMSSFFFFFF, the longest of all.
    private const int Digits = 20;

    /// <summary>Reads a key; null if it is none.</summary>
    public static MomentRange? Parse(string key)
    {
        var text = key.Trim();
        var dash = RangeDash(text);
        if (dash < 0)
        {
            return DigitsOf(text) is { Length: > 0 } moment ? new(Low(moment), High(moment)) : null;
        }
        var (first, last) = (DigitsOf(text[..dash]), DigitsOf(text[(dash + 1)..]));
        return first is null || last is null || (first.Length == 0 && last.Length == 0)
            ? null
            : new(first.Length == 0 ? "" : Low(first), last.Length == 0 ? High("") : High(last));
    }

    public bool Contains(string value) => DigitsOf(value) is { Length: > 0 } moment
        && string.CompareOrdinal(Low(moment), From) >= 0 && string.CompareOrdinal(Low(moment), To) <= 0;

    /// <summary>A range of dates and one of times taken together (PS3.4 C.2.2.2.5.4): from the first to the last moment.
    /// </summary>
    public static bool Contains(MomentRange dates, MomentRange times, string date, string time)
    {
        if (DigitsOf(date) is not { Length: 8 } day || DigitsOf(time) is not { Length: > 0 } hour)
        {
            return dates.Contains(date);
        }
        var moment = Low(day + hour);
        var from = dates.From.Length == 0 ? "" : Low(dates.From[..8] + Head(times.From));
        var to = dates.To[0] == '9' ? dates.To : Low(dates.To[..8] + Head(times.To));
        return string.CompareOrdinal(moment, from) >= 0 && string.CompareOrdinal(moment, to) <= 0;
    }

    /// <summary>The time of a range of times, 12 digits.</summary>
    private static string Head(string time) => time.Length == 0 ? "" : time[..12];

    /// <summary>
    /// The dash of a range; a DT may have one before its offset from UTC, which has four digits and no other dash.
    /// </summary>
    private static int RangeDash(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var isOffset = dash >= 4 && text.Length == dash + 5 && text.IndexOf('.', StringComparison.Ordinal) is var point
            && (dash >= 14 || point >= 0) && text.Length > 14;
        return isOffset ? -1 : dash;
    }

    /// <summary>
    /// The digits without the punctuation of ACR-NEMA ("1993.08.22", "10:20:30") and without an offset from UTC; null if
    /// there is anything else.
    /// </summary>
    private static string? DigitsOf(string text)
    {
        var value = text.Trim();
        var offset = value.AsSpan().IndexOfAny('+', '-');
        value = offset >= 0 ? value[..offset] : value;
        value = string.Concat(value.Where(c => c is not ('.' or ':')));
        return value.Length <= Digits && value.All(char.IsAsciiDigit) ? value : null;
    }

    private static string Low(string digits) => digits.PadRight(Digits, '0');

    private static string High(string digits) => digits.PadRight(Digits, '9');
}
