namespace ClinicalSuite.Dicom.Query;

/// <summary>The American Soundex code (Russell and Odell; as the US National Archives describe it).</summary>
internal static class Soundex
{
    // Codes of the letters A to Z; 0 is a vowel, 9 is H and W, which part nothing.
    private const string Codes = "01230129022455012623019202";

    /// <summary>A letter and three digits; null for what is not at least two Latin letters.</summary>
    public static string? Of(string word)
    {
        if (word.Length < 2 || !word.All(char.IsAsciiLetterUpper))
        {
            return null;
        }
        Span<char> code = [word[0], '0', '0', '0'];
        var last = Codes[word[0] - 'A'];
        var length = 1;
        foreach (var letter in word.AsSpan(1))
        {
            var digit = Codes[letter - 'A'];
            if (digit == '9')
            {
                continue;
            }
            if (digit != '0' && digit != last && length < 4)
            {
                code[length++] = digit;
            }
            last = digit;
        }
        return code.ToString();
    }
}
