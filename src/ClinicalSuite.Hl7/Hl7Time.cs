using System.Globalization;

namespace ClinicalSuite.Hl7;

/// <summary>Time stamps (data type TS, v2.5.1 2.A.77).</summary>
public static class Hl7Time
{
    /// <summary>YYYYMMDDHHMMSS and the offset, +0800: a time without its zone means what the receiver thinks.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
