using System.Collections.Frozen;
using System.Text;

namespace ClinicalSuite.Dicom.Text;

/// <summary>
/// One coded character set of ISO 2022 (PS3.3 tables C.12-3 and C.12-4): where it is invoked (G0 or G1), the escape
/// sequence that brings it there, and its characters.
/// </summary>
internal sealed class CodeElement
{
    private const char None = '\uFFFD';
    private const int Side = 94;

    private readonly Lazy<char[]> table;
    private readonly Lazy<FrozenDictionary<char, int>> codes;

    private CodeElement(string escape, bool isG1, int bytesPerCharacter, Func<char[]> build)
    {
        Escape = Encoding.ASCII.GetBytes("\u001B" + escape);
        IsG1 = isG1;
        BytesPerCharacter = bytesPerCharacter;
        table = new Lazy<char[]>(build);
        codes = new Lazy<FrozenDictionary<char, int>>(Invert);
    }

    public static readonly CodeElement Ascii = new("(B", isG1: false, 1, () => AsciiTable());

    /// <summary>JIS X 0201 romaji; 5CH and 7EH are read as in ASCII, as every reader in the field does.</summary>
    public static readonly CodeElement Romaji = new("(J", isG1: false, 1, () => AsciiTable());

    public static readonly CodeElement Katakana = new(")I", isG1: true, 1, KatakanaTable);

    public static readonly CodeElement JisX0208 = Pairs("$B", isG1: false, 20932, 0x80);

    public static readonly CodeElement JisX0212 = Pairs("$(D", isG1: false, 20932, 0x00);

    public static readonly CodeElement KsX1001 = Pairs("$)C", isG1: true, 51949, 0x80);

    public static readonly CodeElement Gb2312 = Pairs("$)A", isG1: true, 936, 0x80);

    public static readonly CodeElement Latin1 = Upper("-A", 28591);

    /// <summary>By the number in the defined term: the elements it brings to G0 and G1.</summary>
    private static readonly FrozenDictionary<int, (CodeElement? G0, CodeElement? G1)> ByRegistration =
        new Dictionary<int, (CodeElement?, CodeElement?)>
        {
            [6] = (Ascii, null),
            [13] = (Romaji, Katakana),
            [58] = (null, Gb2312),
            [87] = (JisX0208, null),
            [100] = (Ascii, Latin1),
            [101] = (Ascii, Upper("-B", 28592)),
            [109] = (Ascii, Upper("-C", 28593)),
            [110] = (Ascii, Upper("-D", 28594)),
            [126] = (Ascii, Upper("-F", 28597)),
            [127] = (Ascii, Upper("-G", 28596)),
            [138] = (Ascii, Upper("-H", 28598)),
            [144] = (Ascii, Upper("-L", 28595)),
            [148] = (Ascii, Upper("-M", 28599)),
            [149] = (null, KsX1001),
            [159] = (JisX0212, null),
            [166] = (Ascii, Upper("-T", 874)),
            [203] = (Ascii, Upper("-b", 28605)),
        }.ToFrozenDictionary();

    private static readonly CodeElement[] All =
    [
        .. ByRegistration.Values.SelectMany(pair => new[] { pair.G0, pair.G1 }).OfType<CodeElement>().Distinct(),
    ];

    /// <summary>Numbers of the defined terms.</summary>
    public static IEnumerable<int> Registrations => ByRegistration.Keys.Order();

    /// <summary>The bytes that invoke this element, ESC first.</summary>
    public byte[] Escape { get; }

    /// <summary>True where the element takes codes A0-FF; false for 21-7E.</summary>
    public bool IsG1 { get; }

    public int BytesPerCharacter { get; }

    public static (CodeElement? G0, CodeElement? G1) Of(int registration) =>
        ByRegistration.GetValueOrDefault(registration);

    /// <summary>The element that the escape sequence at the start of the bytes brings, or null.</summary>
    public static CodeElement? StartingWith(ReadOnlySpan<byte> bytes)
    {
        foreach (var element in All)
        {
            if (bytes.StartsWith(element.Escape))
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>The character of one byte, or U+FFFD.</summary>
    public char Decode(byte code) => BytesPerCharacter == 1 ? table.Value[code & 0x7F] : None;

    /// <summary>The character of two bytes, or U+FFFD.</summary>
    public char Decode(byte first, byte second)
    {
        var row = (first & 0x7F) - 0x21;
        var column = (second & 0x7F) - 0x21;
        return row is >= 0 and < Side && column is >= 0 and < Side ? table.Value[(row * Side) + column] : None;
    }

    /// <summary>Appends the character's code; false where the element does not have it.</summary>
    public bool TryEncode(char character, List<byte> target)
    {
        if (!codes.Value.TryGetValue(character, out var code))
        {
            return false;
        }

        var high = IsG1 ? 0x80 : 0;
        if (BytesPerCharacter == 1)
        {
            target.Add((byte)(code | high));
            return true;
        }

        target.Add((byte)((code / Side) + 0x21 | high));
        target.Add((byte)((code % Side) + 0x21 | high));
        return true;
    }

    private static CodeElement Upper(string escape, int codePage) => new(escape, isG1: true, 1, () =>
    {
        var encoding = Find(codePage);
        var characters = new char[128];
        for (var code = 0; code < characters.Length; code++)
        {
            characters[code] = code < 0x20 ? None : encoding.GetString([(byte)(code | 0x80)])[0];
        }

        return characters;
    });

    /// <param name="secondHigh">The high bit of the second byte in the code page: JIS X 0212 goes without it.</param>
    private static CodeElement Pairs(string escape, bool isG1, int codePage, int secondHigh) =>
        new(escape, isG1, 2, () =>
        {
            var encoding = Find(codePage);
            var characters = new char[Side * Side];
            for (var index = 0; index < characters.Length; index++)
            {
                byte[] pair = [(byte)((index / Side) + 0xA1), (byte)((index % Side) + 0x21 | secondHigh)];
                var text = encoding.GetString(pair);
                characters[index] = text.Length == 1 ? text[0] : None;
            }

            return characters;
        });

    private static char[] AsciiTable() => [.. Enumerable.Range(0, 128).Select(code => (char)code)];

    private static char[] KatakanaTable() =>
        [.. Enumerable.Range(0, 128).Select(code => code is >= 0x21 and <= 0x5F ? (char)(0xFF40 + code) : None)];

    private static Encoding Find(int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(
            codePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(None.ToString()));
    }

    private FrozenDictionary<char, int> Invert()
    {
        var inverse = new Dictionary<char, int>();
        var characters = table.Value;
        for (var code = 0; code < characters.Length; code++)
        {
            if (characters[code] != None)
            {
                inverse.TryAdd(characters[code], code);
            }
        }

        return inverse.ToFrozenDictionary();
    }
}
