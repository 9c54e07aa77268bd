using System.Globalization;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>Numbers in causes and notes are written alike everywhere: invariant culture.</summary>
internal static class Wording
{
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
