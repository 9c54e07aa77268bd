using System.Text;

namespace ClinicalSuite.Dicom.Query;

/// <summary>How Han characters are read in Mandarin, in Latin capitals without tones.</summary>
internal static partial class MandarinReadings
{
    private static readonly Lazy<Dictionary<int, string[]>> ByCharacter = new(Load);

    /// <summary>All modern readings, or none for what is no Han character. U with diaeresis is written V, U and YU.</summary>
    public static IReadOnlyList<string> Of(Rune character) =>
        ByCharacter.Value.TryGetValue(character.Value, out var readings) ? readings : [];

    /// <summary>True for the blocks of Han characters: unified, extensions, compatibility, and the zero.</summary>
    public static bool IsHan(Rune character) => character.Value is 0x3007 or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static Dictionary<int, string[]> Load()
    {
        var readings = new Dictionary<int, string[]>(27000);
        foreach (var row in Rows.AsSpan().EnumerateLines())
        {
            var line = row.Trim();
            var tab = line.IndexOf('\t');
            if (tab < 0)
            {
                continue;
            }
            var spellings = Spellings(line[..tab].ToString());
            foreach (var character in line[(tab + 1)..].EnumerateRunes())
            {
                readings[character.Value] = readings.TryGetValue(character.Value, out var known)
                    ? [.. known.Union(spellings)]
                    : spellings;
            }
        }
        return readings;
    }

    /// <summary>Passports write LYU, keyboards LV, and who knows neither LU.</summary>
    private static string[] Spellings(string syllable) => syllable.Contains('V', StringComparison.Ordinal)
        ? [syllable, syllable.Replace('V', 'U'), syllable.Replace("V", "YU", StringComparison.Ordinal)]
        : [syllable];
}
