using System.IO.Compression;
using System.Text;

namespace ClinicalSuite.TestKit.Hostile;

/// <summary>
/// Small whole files to be damaged: every syntax that the parser tells apart, character sets, nesting of both kinds, private
/// elements, fragments.
/// </summary>
public static class SmallFiles
{
    public const string Implicit = "1.2.840.10008.1.2";
    public const string Explicit = "1.2.840.10008.1.2.1";
    public const string Deflated = "1.2.840.10008.1.2.1.99";
    public const string BigEndian = "1.2.840.10008.1.2.2";
    public const string Rle = "1.2.840.10008.1.2.5";
    public const string Jpeg = "1.2.840.10008.1.2.4.50";

    /// <summary>Name and bytes of each.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
    [
        ("implicit", new TreeWriter(isExplicit: false).WriteFile(Implicit, Image("ISO_IR 100", "J\u00e9r\u00f4me^A"))),
        ("explicit", new TreeWriter().WriteFile(Explicit, Image("ISO_IR 192", "\u00e7\u008e\u008b^\u00e5\u00b0\u008f"))),
        ("big-endian", new TreeWriter(isBigEndian: true).WriteFile(BigEndian, Image("ISO_IR 126", "\u00c4\u00e9^\u00ef"))),
        ("deflated", DeflatedFile()),
        ("japanese", new TreeWriter().WriteFile(Explicit, Image("\\ISO 2022 IR 87", "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B"))),
        ("korean", new TreeWriter().WriteFile(Explicit, Image("\\ISO 2022 IR 149", "Hong^Gildong=\u001b$)C\u00fb\u00f3^\u001b$)C\u00d1\u00ce"))),
        ("chinese", new TreeWriter().WriteFile(Explicit, Image("GB18030", "\u00cd\u00f5^\u00d0\u00a1\u00b6\u00ab"))),
        ("rle", new TreeWriter().WriteFile(Rle, Image("ISO_IR 100", "A^B", RlePixels()))),
        ("fragments", new TreeWriter().WriteFile(Jpeg, Image("ISO_IR 100", "A^B", JpegPixels()))),
        ("no-meta", new TreeWriter(isExplicit: false).Write(Image("ISO_IR 100", "A^B"))),
    ];

    /// <summary>An image of 4 by 4 pixels with much around it.</summary>
    public static IReadOnlyList<ElementNode> Image(string characterSet, string name, ElementNode? pixels = null) =>
    [
        ElementNode.Text(8, 5, "CS", Even(characterSet)),
        ElementNode.Text(8, 8, "CS", "ORIGINAL\\PRIMARY\\AXIAL "),
        ElementNode.Text(8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.7\0"),
        ElementNode.Text(8, 0x18, "UI", "1.2.3.4\0"),
        ElementNode.Text(8, 0x20, "DA", "20260101"),
        ElementNode.Text(8, 0x30, "TM", "101530.25 "),
        ElementNode.Sequence(8, 0x1140, isUndefined: true,
            [ElementNode.Text(8, 0x1150, "UI", "1.2.3\0"), ElementNode.Of(8, 0x1160, "IS", (byte)'1', (byte)' ')],
            [ElementNode.Sequence(8, 0x1199, isUndefined: false, [ElementNode.Text(8, 0x104, "LO", Even(name))], [])]),
        ElementNode.Text(0x10, 0x10, "PN", Even(name)),
        ElementNode.Text(0x10, 0x1010, "AS", "045Y"),
        ElementNode.Text(0x10, 0x4000, "LT", "several\r\nlines "),
        ElementNode.Text(0x18, 0x50, "DS", "1.25\\-3e-2"),
        ElementNode.Of(0x18, 0x9073, "FD", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]),
        ElementNode.Text(0x19, 0x10, "LO", "SOMEBODY"),
        ElementNode.Of(0x19, 0x1001, "UN", 1, 2, 3, 4),
        ElementNode.Text(0x20, 0xD, "UI", "1.2.3.5\0"),
        ElementNode.Text(0x20, 0xE, "UI", "1.2.3.6\0"),
        ElementNode.Of(0x20, 0x9165, "AT", 0x20, 0, 0x0D, 0),
        ElementNode.Of(0x28, 2, "US", 1, 0),
        ElementNode.Text(0x28, 4, "CS", "MONOCHROME2 "),
        ElementNode.Of(0x28, 0x10, "US", 4, 0),
        ElementNode.Of(0x28, 0x11, "US", 4, 0),
        ElementNode.Of(0x28, 0x100, "US", 16, 0),
        ElementNode.Of(0x28, 0x101, "US", 12, 0),
        ElementNode.Of(0x28, 0x102, "US", 11, 0),
        ElementNode.Of(0x28, 0x103, "US", 0, 0),
        ElementNode.Of(0x28, 0x1201, "OW", 1, 2, 3, 4),
        pixels ?? ElementNode.Of(0x7FE0, 0x10, "OW", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
    ];

    private static ElementNode RlePixels()
    {
        // PS3.5 G.3: two segments, each 16 literal bytes.
        var header = new byte[64];
        (header[0], header[4], header[8]) = (2, 64, 82);
        byte[] segment = [15, .. Enumerable.Range(0, 16).Select(i => (byte)i), 0];
        return new ElementNode(0x7FE0, 0x10, "OB", [], Fragments: [[0, 0, 0, 0], [.. header, .. segment, .. segment]]);
    }

    private static ElementNode JpegPixels() => new(
        0x7FE0, 0x10, "OB", [], Fragments: [[], [0xFF, 0xD8, 0xFF, 0xE0], [1, 2, 3, 4], [], [0xFF, 0xD9]]);

    private static byte[] DeflatedFile()
    {
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(new TreeWriter().Write(Image("ISO_IR 192", "A^B")));
        }

        return [.. new TreeWriter().WriteFile(Deflated, []), .. deflated.ToArray()];
    }

    /// <summary>Each character is one byte; the tests spell multi-byte text byte by byte.</summary>
    private static string Even(string text) => Encoding.Latin1.GetByteCount(text) % 2 == 0 ? text : text + " ";
}
