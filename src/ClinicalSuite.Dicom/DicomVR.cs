namespace ClinicalSuite.Dicom;

/// <summary>A value representation (PS3.5 6.2). The instances are the whole set; compare by reference.</summary>
public sealed class DicomVR
{
    private static readonly DicomVR?[] ByCode = new DicomVR?[26 * 26];

    public static readonly DicomVR AE = Text("AE", 16);
    public static readonly DicomVR AS = Text("AS", 4);
    public static readonly DicomVR AT = Numbers("AT", 4, longLength: false);
    public static readonly DicomVR CS = Text("CS", 16);
    public static readonly DicomVR DA = Text("DA", 8);
    public static readonly DicomVR DS = Text("DS", 16);
    public static readonly DicomVR DT = Text("DT", 26);
    public static readonly DicomVR FD = Numbers("FD", 8, longLength: false);
    public static readonly DicomVR FL = Numbers("FL", 4, longLength: false);
    public static readonly DicomVR IS = Text("IS", 12);
    public static readonly DicomVR LO = Text("LO", 64, character: true);
    public static readonly DicomVR LT = Text("LT", 10240, character: true, single: true);
    public static readonly DicomVR OB = Numbers("OB", 1, longLength: true);
    public static readonly DicomVR OD = Numbers("OD", 8, longLength: true);
    public static readonly DicomVR OF = Numbers("OF", 4, longLength: true);
    public static readonly DicomVR OL = Numbers("OL", 4, longLength: true);
    public static readonly DicomVR OV = Numbers("OV", 8, longLength: true);
    public static readonly DicomVR OW = Numbers("OW", 2, longLength: true);
    public static readonly DicomVR PN = Text("PN", 0, character: true);
    public static readonly DicomVR SH = Text("SH", 16, character: true);
    public static readonly DicomVR SL = Numbers("SL", 4, longLength: false);
    public static readonly DicomVR SQ = new("SQ", isText: false, unit: 0, longLength: true);
    public static readonly DicomVR SS = Numbers("SS", 2, longLength: false);
    public static readonly DicomVR ST = Text("ST", 1024, character: true, single: true);
    public static readonly DicomVR SV = Numbers("SV", 8, longLength: true);
    public static readonly DicomVR TM = Text("TM", 14);
    public static readonly DicomVR UC = Text("UC", 0, character: true, longLength: true);
    public static readonly DicomVR UI = Text("UI", 64);
    public static readonly DicomVR UL = Numbers("UL", 4, longLength: false);
    public static readonly DicomVR UN = new("UN", isText: false, unit: 1, longLength: true);
    public static readonly DicomVR UR = Text("UR", 0, single: true, longLength: true);
    public static readonly DicomVR US = Numbers("US", 2, longLength: false);
    public static readonly DicomVR UT = Text("UT", 0, character: true, single: true, longLength: true);
    public static readonly DicomVR UV = Numbers("UV", 8, longLength: true);

    private DicomVR(string code, bool isText, int unit, bool longLength)
    {
        Code = code;
        IsText = isText;
        UnitBytes = unit;
        HasLongLength = longLength;
        ByCode[Index(code[0], code[1])] = this;
    }

    /// <summary>The two letters.</summary>
    public string Code { get; }

    /// <summary>True where the value is text, numbers as text (DS, IS) included.</summary>
    public bool IsText { get; }

    /// <summary>True where (0008,0005) governs the text (PS3.5 6.1.2.3).</summary>
    public bool UsesCharacterSet { get; private init; }

    /// <summary>True for the text VRs in which a backslash is text, not a delimiter.</summary>
    public bool IsSingleText { get; private init; }

    /// <summary>Most characters of one value; 0 where PS3.5 sets no limit that fits here.</summary>
    public int MaximumCharacters { get; private init; }

    /// <summary>Bytes of one number: what byte order is about. 0 for SQ, 1 for text and bytes.</summary>
    public int UnitBytes { get; }

    /// <summary>True where explicit VR writes two reserved bytes and a 32-bit length (PS3.5 7.1.2).</summary>
    public bool HasLongLength { get; }

    /// <summary>What fills an odd length: NUL for UI and bytes, a space for text (PS3.5 6.2).</summary>
    internal byte Padding => IsText && Code != "UI" ? (byte)' ' : (byte)0;

    /// <summary>Bytes whose meaning is left to others: OB, OW, OF, OD, OL, OV, UN.</summary>
    internal bool IsOther => Code[0] == 'O' || Code == "UN";

    /// <exception cref="FormatException">The code is not one of PS3.5 6.2.</exception>
    public static DicomVR Parse(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var vr = code.Length == 2 ? Find(code[0], code[1]) : null;
        return vr ?? throw new FormatException($"'{code}' is no value representation.");
    }

    public override string ToString() => Code;

    /// <summary>Null where the two bytes are not a VR of PS3.5 6.2.</summary>
    internal static DicomVR? Find(int first, int second) =>
        first is >= 'A' and <= 'Z' && second is >= 'A' and <= 'Z' ? ByCode[Index(first, second)] : null;

    private static int Index(int first, int second) => ((first - 'A') * 26) + (second - 'A');

    private static DicomVR Text(
        string code, int maximum, bool character = false, bool single = false, bool longLength = false) =>
        new(code, isText: true, unit: 1, longLength)
        {
            MaximumCharacters = maximum,
            UsesCharacterSet = character,
            IsSingleText = single,
        };

    private static DicomVR Numbers(string code, int unit, bool longLength) =>
        new(code, isText: false, unit, longLength);
}
