using System.Text;

namespace ClinicalSuite.Hl7;

/// <summary>The character sets of MSH-18 (HL7 table 0211) that this suite reads and writes.</summary>
/// <remarks>Encodings throw on what they cannot hold, so that a name never becomes question marks in silence.</remarks>
public static class Hl7CharacterSet
{
    public const string Utf8 = "UNICODE UTF-8";
    public const string Gb18030 = "GB 18030-2000";
    public const string Ascii = "ASCII";
    public const string Latin1 = "8859/1";

    // GB 18030 and the other parts of ISO 8859 are not in the runtime's default provider.
    private static readonly EncodingProvider Pages = CodePagesEncodingProvider.Instance;

    /// <summary>The encoding of an MSH-18 value; an empty value means ASCII (v2.5.1 2.15.9.18).</summary>
    /// <exception cref="Hl7FormatException">A character set that is not supported.</exception>
    public static Encoding EncodingOf(string name) =>
        TryEncodingOf(name) ?? throw new Hl7FormatException("MSH-18: character set is not supported");

    internal static Encoding? TryEncodingOf(string name) => name.Trim().ToUpperInvariant() switch
    {
        "" or "ASCII" => Strict("us-ascii"),
        "UNICODE UTF-8" or "UTF-8" or "UTF8" or "UNICODE" => Strict("utf-8"),
        "GB 18030-2000" or "GB18030" or "GB 18030" or "GB18030-2000" => Strict("GB18030"),
        "GBK" or "GB2312" => Strict("GB18030"), // Both are subsets of GB 18030, byte for byte.
        "BIG-5" => Strict("big5"),
        "8859/1" => Strict("iso-8859-1"),
        "8859/2" or "8859/3" or "8859/4" or "8859/5" or "8859/6" or "8859/7" or "8859/8" or "8859/9" or "8859/15" =>
            Strict("iso-8859-" + name.Trim()[5..]),
        _ => null,
    };

    private static Encoding Strict(string webName) =>
        Pages.GetEncoding(webName, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? Encoding.GetEncoding(webName, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
