using System.Text;

namespace ClinicalSuite.Hl7;

/// <summary>Finds the character set of a message, which is named inside the text that it encodes.</summary>
/// <remarks>
/// Reading MSH as single bytes is only a guess: a sending application in GB 18030 may hold bytes that look like field separators and
/// shift the count. So a guess counts only if the header, decoded with it, names it again; else each supported set is tried.
/// </remarks>
internal static class Hl7HeaderScan
{
    // No header is longer, and a message without a terminator must not be decoded many times over.
    private const int MaximumHeaderBytes = 8192;

    private static readonly string[] Candidates = [Hl7CharacterSet.Utf8, Hl7CharacterSet.Gb18030, "BIG-5"];

    /// <exception cref="Hl7FormatException">No MSH segment, or a character set that is not supported.</exception>
    public static Encoding EncodingOf(ReadOnlySpan<byte> message, string unnamed)
    {
        var end = message.IndexOfAny((byte)'\r', (byte)'\n');
        var header = end < 0 ? message : message[..end];
        header = header.Length > MaximumHeaderBytes ? header[..MaximumHeaderBytes] : header;
        var guess = NameIn(Encoding.Latin1.GetString(header));
        if (IsConfirmed(guess, header, unnamed))
        {
            return Resolve(guess, unnamed);
        }

        foreach (var candidate in Candidates)
        {
            if (TryDecode(header, Hl7CharacterSet.EncodingOf(candidate)) is { } text
                && Hl7CharacterSet.TryEncodingOf(NameIn(text))?.CodePage == Hl7CharacterSet.EncodingOf(candidate).CodePage)
            {
                return Hl7CharacterSet.EncodingOf(candidate);
            }
        }

        return Resolve(guess, unnamed);
    }

    private static bool IsConfirmed(string name, ReadOnlySpan<byte> header, string unnamed) =>
        Hl7CharacterSet.TryEncodingOf(name.Length == 0 ? unnamed : name) is { } encoding
        && TryDecode(header, encoding) is { } text
        && NameIn(text) == name;

    private static Encoding Resolve(string name, string unnamed) => Hl7CharacterSet.EncodingOf(name.Length == 0 ? unnamed : name);

    private static string? TryDecode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The first repetition of MSH-18; the others would be switched to by escape sequences that nobody sends.</summary>
    private static string NameIn(string header)
    {
        var delimiters = Hl7Delimiters.OfHeader(header);
        var fields = header.Split(delimiters.Field);
        return fields.Length > 17 ? fields[17].Split(delimiters.Repetition)[0].Trim() : "";
    }
}
