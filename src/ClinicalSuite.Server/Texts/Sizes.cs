using System.Globalization;

namespace ClinicalSuite.Server.Texts;

/// <summary>Amounts of bytes as people read them.</summary>
public static class Sizes
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public static string Text(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
