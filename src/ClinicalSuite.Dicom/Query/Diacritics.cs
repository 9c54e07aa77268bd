using System.Collections.Frozen;
using System.Text;

namespace ClinicalSuite.Dicom.Query;

/// <summary>
/// Latin capitals without their marks. A table of our own: the program runs without culture data, where normalization of
/// text does nothing.
/// </summary>
internal static class Diacritics
{
    private static readonly FrozenDictionary<char, string> Plain = Table(
        "A ÀÁÂÃÄÅĀĂĄǍ", "C ÇĆĈĊČ", "D ĎĐÐ", "E ÈÉÊËĒĔĖĘĚ", "G ĜĞĠĢ", "H ĤĦ", "I ÌÍÎÏĨĪĬĮİ", "J Ĵ", "K Ķ", "L ĹĻĽĿŁ",
        "N ÑŃŅŇ", "O ÒÓÔÕÖØŌŎŐǑ", "R ŔŖŘ", "S ŚŜŞŠȘ", "T ŢŤŦȚ", "U ÙÚÛÜŨŪŬŮŰŲǓ", "W Ŵ", "Y ÝŶŸ", "Z ŹŻŽ", "AE Æ",
        "OE Œ", "SS ẞß", "TH Þ");

    /// <summary>Also drops combining marks, which some senders write after the letter.</summary>
    public static string Remove(string capitals)
    {
        if (Ascii.IsValid(capitals))
        {
            return capitals;
        }
        var plain = new StringBuilder(capitals.Length);
        foreach (var c in capitals)
        {
            if (Plain.TryGetValue(c, out var letters))
            {
                plain.Append(letters);
            }
            else if (c is not (>= '\u0300' and <= '\u036F'))
            {
                plain.Append(c);
            }
        }
        return plain.ToString();
    }

    private static FrozenDictionary<char, string> Table(params string[] rows) => rows
        .Select(row => row.Split(' '))
        .SelectMany(row => row[1].Select(letter => (letter, Plain: row[0])))
        .ToFrozenDictionary(pair => pair.letter, pair => pair.Plain);
}
