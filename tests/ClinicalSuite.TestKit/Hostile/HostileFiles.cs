using System.Buffers.Binary;

namespace ClinicalSuite.TestKit.Hostile;

/// <summary>Whole files made to hurt: deep nests, absurd lengths, and damages of every kind at every place.</summary>
public static class HostileFiles
{
    private static readonly uint[] Lengths = [0, 1, 3, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFE, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>Sequences nested so deep.</summary>
    /// <param name="isClosed">Every item and sequence ends by its delimiter; else the input simply ends.</param>
    public static byte[] Nest(int depth, bool isClosed)
    {
        byte[] open = [8, 0, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 255, 255, 255, 255, 0xFE, 0xFF, 0, 0xE0, 255, 255, 255, 255];
        byte[] close = [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
        return
        [
            .. new TreeWriter().WriteFile(SmallFiles.Explicit, []),
            .. Enumerable.Repeat(open, depth).SelectMany(bytes => bytes),
            .. isClosed ? Enumerable.Repeat(close, depth).SelectMany(bytes => bytes) : [],
        ];
    }

    /// <summary>Pixel data that say they are so long, and are not.</summary>
    public static byte[] PixelsOfLength(uint length)
    {
        byte[] header = [0xE0, 0x7F, 0x10, 0, (byte)'O', (byte)'W', 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), length);
        var image = SmallFiles.Image("ISO_IR 100", "A^B");
        return [.. new TreeWriter().WriteFile(SmallFiles.Explicit, [.. image.Take(image.Count - 1)]), .. header, .. new byte[64]];
    }

    /// <summary>The deep and the long, by name.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Monsters { get; } =
    [
        ("nest-500-open", Nest(500, isClosed: false)), ("nest-500-closed", Nest(500, isClosed: true)),
        ("nest-5000-open", Nest(5000, isClosed: false)), ("nest-5000-closed", Nest(5000, isClosed: true)),
        ("length-fffffffe", PixelsOfLength(0xFFFFFFFE)), ("length-7ffffffe", PixelsOfLength(0x7FFFFFFE)),
        ("empty", []), ("preamble-only", [.. new byte[128], .. "DICM"u8]),
    ];

    /// <summary>The same for the same seed.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Damaged(int seed, int count)
    {
        var random = new Random(seed);
        var image = SmallFiles.Image("ISO_IR 192", "A^B");
        var places = image.Sum(node => node.Count) + 8;
        var kinds = Enum.GetValues<DamageKind>();
        for (var i = 0; i < count; i++)
        {
            var damage = new Damage(kinds[random.Next(1, kinds.Length)], random.Next(places), Argument(random));
            var (syntax, writer) = random.Next(3) switch
            {
                0 => (SmallFiles.Implicit, new TreeWriter(isExplicit: false)),
                1 => (SmallFiles.BigEndian, new TreeWriter(isBigEndian: true)),
                _ => (SmallFiles.Explicit, new TreeWriter()),
            };
            yield return ($"{damage.Kind}-{damage.Place}-{damage.Argument:x}-{syntax}", writer.WriteFile(syntax, image, damage));
        }
    }

    /// <summary>A telling length half of the time; two letters, often no VR, otherwise.</summary>
    public static uint Argument(Random random) =>
        random.Next(2) == 0 ? Lengths[random.Next(Lengths.Length)] : (uint)(random.Next('A', 'Z' + 1) << 8 | random.Next('A', 'Z' + 1));
}
