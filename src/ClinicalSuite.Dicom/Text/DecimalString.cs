using System.Globalization;

namespace ClinicalSuite.Dicom.Text;

/// <summary>DS (PS3.5 6.2): at most 16 characters.</summary>
internal static class DecimalString
{
    private const int MaximumCharacters = 16;

    /// <summary>The shortest form that reads back the same, or as many digits as fit in 16 characters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite: DS cannot say it.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "a decimal string is finite");
        }

        if (value == 0)
        {
            return "0";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        for (var digits = 16; text.Length > MaximumCharacters; digits--)
        {
            var format = string.Create(CultureInfo.InvariantCulture, $"G{digits}");
            text = value.ToString(format, CultureInfo.InvariantCulture);
        }

        return text;
    }
}
