using System.Text;

namespace ClinicalSuite.Dicom.Text;

/// <summary>The character set that (0008,0005) names (PS3.3 C.12.1.1.2): bytes to text and back.</summary>
internal sealed class DicomCharacterSet
{
    public static readonly DicomCharacterSet Default = new([]);

    public static readonly DicomCharacterSet Utf8 = new(["ISO_IR 192"]);

    private readonly Encoding encoding;

    private DicomCharacterSet(IReadOnlyList<string> terms)
    {
        Terms = terms;
        encoding = EncodingOf(terms.Count == 0 ? "" : terms[0]);
    }

    public IReadOnlyList<string> Terms { get; }

    public static DicomCharacterSet Of(IReadOnlyList<string> terms) =>
        terms.Count == 0 || (terms.Count == 1 && terms[0].Length == 0) ? Default : new DicomCharacterSet([.. terms]);

    public bool Equivalent(DicomCharacterSet other) =>
        ReferenceEquals(this, other) || Terms.SequenceEqual(other.Terms, StringComparer.Ordinal);

    public string Decode(ReadOnlySpan<byte> bytes) => encoding.GetString(bytes);

    public bool TryEncode(string text, out byte[] bytes)
    {
        var strict = Encoding.GetEncoding(
            encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback);
        try
        {
            bytes = strict.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            bytes = [];
            return false;
        }
    }

    private static Encoding EncodingOf(string term)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return term switch
        {
            "ISO_IR 192" => new UTF8Encoding(false),
            "ISO_IR 100" => Encoding.Latin1,
            "GB18030" => Encoding.GetEncoding(54936),
            "GBK" => Encoding.GetEncoding(936),
            _ => Encoding.ASCII,
        };
    }
}
