using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ClinicalSuite.Dicom.Text;

/// <summary>The character set that (0008,0005) names (PS3.3 C.12.1.1.2, PS3.5 6.1): bytes to text and back.</summary>
internal sealed class DicomCharacterSet
{
    public static readonly DicomCharacterSet Default = new([]);

    public static readonly DicomCharacterSet Utf8 = new(["ISO_IR 192"]);

    private const int MostCached = 64;
    private const byte Escape = 0x1B;

    private static readonly ConcurrentDictionary<string, DicomCharacterSet> Cached = new(StringComparer.Ordinal);

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Iso2022? codes;
    private readonly Encoding? whole;

    private DicomCharacterSet(string[] terms)
    {
        Terms = terms;
        var first = terms.Length == 0 ? "" : Normalised(terms[0]);
        whole = first switch
        {
            "ISO IR 192" => StrictUtf8,
            "GB18030" or "GBK" => Strict(first == "GBK" ? 936 : 54936),
            _ => null,
        };
        codes = whole is null ? Iso2022.Of([.. terms.Select(Normalised).Select(Registration)]) : null;
        IsKnown = whole is not null || Array.TrueForAll(terms, term => Registration(Normalised(term)) >= 0);
    }

    public IReadOnlyList<string> Terms { get; }

    /// <summary>False where a term is none of PS3.3 C.12.1.1.2: its text is then read as Latin-1.</summary>
    public bool IsKnown { get; }

    public static DicomCharacterSet Of(IReadOnlyList<string> terms)
    {
        if (terms.Count == 0 || (terms.Count == 1 && terms[0].Length == 0))
        {
            return Default;
        }

        var key = string.Join('\\', terms);
        if (Cached.TryGetValue(key, out var known))
        {
            return known;
        }

        var set = new DicomCharacterSet([.. terms]);
        return Cached.Count < MostCached ? Cached.GetOrAdd(key, set) : set;
    }

    public bool Equivalent(DicomCharacterSet other) =>
        ReferenceEquals(this, other) || Terms.SequenceEqual(other.Terms, StringComparer.Ordinal);

    /// <summary>
    /// The terms as PS3.3 C.12.1.1.2 spells them, for writing; null where one is not known. With code extensions (several terms)
    /// each is the one of ISO 2022; after a multi-byte set without code extensions nothing may follow.
    /// </summary>
    public string[]? CanonicalTerms()
    {
        if (!IsKnown)
        {
            return null;
        }

        if (whole is not null)
        {
            return [Normalised(Terms[0]).Replace("ISO IR ", "ISO_IR ", StringComparison.Ordinal)];
        }

        var numbers = Array.ConvertAll([.. Terms], term => Registration(Normalised(term)));
        if (numbers is [] or [6])
        {
            return [];
        }

        if (numbers is [58 or 87 or 149 or 159])
        {
            // Two-byte sets exist as code extensions only.
            return ["", Extension(numbers[0])];
        }

        return numbers is [var single] && !Normalised(Terms[0]).Contains("2022", StringComparison.Ordinal)
            ? [string.Create(CultureInfo.InvariantCulture, $"ISO_IR {single}")]
            : Array.ConvertAll(numbers, number => number == 6 ? "" : Extension(number));

        static string Extension(int number) => string.Create(CultureInfo.InvariantCulture, $"ISO 2022 IR {number}");
    }

    /// <summary>Decodes a whole value field; what cannot be decoded becomes U+FFFD.</summary>
    public string Decode(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        if (Ascii.IsValid(bytes) && !bytes.Contains(Escape))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        if (whole is not null)
        {
            return Lenient(whole).GetString(bytes);
        }

        if (codes!.HasOnlyAscii && !bytes.Contains(Escape))
        {
            // No set was named, yet there are bytes beyond ASCII: common, and nearly always one of these two.
            return IsUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        }

        return codes.Decode(bytes, vr);
    }

    public bool TryEncode(string text, DicomVR vr, out byte[] bytes)
    {
        bytes = [];
        if (Ascii.IsValid(text))
        {
            bytes = Encoding.ASCII.GetBytes(text);
            return true;
        }

        if (whole is null)
        {
            return codes!.TryEncode(text, vr, out bytes);
        }

        try
        {
            bytes = whole.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static Encoding Strict(int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    private static Encoding Lenient(Encoding encoding)
    {
        if (ReferenceEquals(encoding, StrictUtf8))
        {
            return Encoding.UTF8;
        }

        return Encoding.GetEncoding(
            encoding.CodePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"));
    }

    /// <summary>Senders write ISO_IR 100, ISO-IR 100, ISO IR 100 and ISO 2022 IR 100 or ISO_2022_IR_100.</summary>
    private static string Normalised(string term) =>
        term.Trim().ToUpperInvariant().Replace('_', ' ').Replace('-', ' ');

    /// <summary>The registration number; 6 for an empty term, -1 for an unknown one.</summary>
    private static int Registration(string term)
    {
        if (term.Length == 0)
        {
            return 6;
        }

        var start = term.StartsWith("ISO IR ", StringComparison.Ordinal) ? 7
            : term.StartsWith("ISO 2022 IR ", StringComparison.Ordinal) ? 12
            : -1;
        return start > 0
            && int.TryParse(term.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && CodeElement.Of(number) is not (null, null)
                ? number
                : -1;
    }
}
