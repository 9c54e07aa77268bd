using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClinicalSuite.Hl7;

/// <summary>Escape sequences (v2.5.1 2.7), applied to text: after decoding on the way in, before encoding on the way out.</summary>
/// <remarks>
/// On bytes it would be wrong: the second byte of a GB 18030 character may equal a delimiter. <c>&lt;</c> and <c>&gt;</c> are no
/// delimiters and stay: "&lt;6.5" is a result.
/// </remarks>
internal static class Hl7Escape
{
    /// <summary>Text to field content. Line ends become <c>\.br\</c>, other control characters <c>\Xhh\</c>.</summary>
    public static string Escape(string text, in Hl7Delimiters delimiters)
    {
        if (!NeedsEscape(text, delimiters))
        {
            return text;
        }

        var built = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            var name = NameOf(sign, delimiters);
            if (name is not null)
            {
                built.Append(delimiters.Escape).Append(name).Append(delimiters.Escape);
            }
            else if (sign is '\r' or '\n')
            {
                i += sign == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                built.Append(delimiters.Escape).Append(".br").Append(delimiters.Escape);
            }
            else if (sign < ' ')
            {
                built.Append(delimiters.Escape).Append(CultureInfo.InvariantCulture, $"X{(int)sign:X2}").Append(delimiters.Escape);
            }
            else
            {
                built.Append(sign);
            }
        }

        return built.ToString();
    }

    /// <summary>
    /// Field content to text. A sequence without a textual meaning (highlighting, unknown, or a stray escape character, as in
    /// an unescaped path) stays as it is written: nothing is lost.
    /// </summary>
    public static string Unescape(ReadOnlySpan<char> content, in Hl7Delimiters delimiters, Encoding encoding)
    {
        var start = content.IndexOf(delimiters.Escape);
        if (start < 0)
        {
            return content.ToString();
        }

        var built = new StringBuilder(content.Length);
        while (start >= 0)
        {
            built.Append(content[..start]);
            content = content[start..];
            var end = content[1..].IndexOf(delimiters.Escape) + 1;
            if (end > 0 && Meaning(content[1..end], delimiters, encoding) is { } text)
            {
                built.Append(text);
                content = content[(end + 1)..];
            }
            else
            {
                built.Append(content[0]);
                content = content[1..];
            }

            start = content.IndexOf(delimiters.Escape);
        }

        return built.Append(content).ToString();
    }

    private static bool NeedsEscape(string text, in Hl7Delimiters delimiters)
    {
        ReadOnlySpan<char> special =
            [delimiters.Field, delimiters.Component, delimiters.Repetition, delimiters.Escape, delimiters.SubComponent];
        return text.AsSpan().IndexOfAny(special) >= 0 || text.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0;
    }

    private static string? NameOf(char sign, in Hl7Delimiters delimiters) =>
        sign == delimiters.Field ? "F"
        : sign == delimiters.Component ? "S"
        : sign == delimiters.SubComponent ? "T"
        : sign == delimiters.Repetition ? "R"
        : sign == delimiters.Escape ? "E"
        : null;

    private static string? Meaning(ReadOnlySpan<char> sequence, in Hl7Delimiters delimiters, Encoding encoding) => sequence switch
    {
        "F" => delimiters.Field.ToString(),
        "S" => delimiters.Component.ToString(),
        "T" => delimiters.SubComponent.ToString(),
        "R" => delimiters.Repetition.ToString(),
        "E" => delimiters.Escape.ToString(),
        ".br" => "\n",
        ['X', .. var digits] => Hexadecimal(digits, encoding),
        _ => null,
    };

    /// <summary>The bytes of <c>\Xhhhh..\</c> are text in the message's own character set; null if they are not.</summary>
    private static string? Hexadecimal(ReadOnlySpan<char> digits, Encoding encoding)
    {
        if (digits.IsEmpty || digits.Length % 2 != 0)
        {
            return null;
        }

        var bytes = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
        {
            return null;
        }

        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
