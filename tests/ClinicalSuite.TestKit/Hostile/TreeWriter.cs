using System.Buffers.Binary;
using System.Text;

namespace ClinicalSuite.TestKit.Hostile;

/// <summary>
/// Writes made data sets byte by byte after PS3.5 7, independent of the code under test, and damages them at one chosen place.
/// </summary>
public sealed class TreeWriter(bool isExplicit = true, bool isBigEndian = false)
{
    private const uint Undefined = 0xFFFFFFFF;

    private static readonly HashSet<string> LongForms = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"];

    private Damage damage;
    private int place;
    private bool isCut;

    /// <summary>The data set alone.</summary>
    public byte[] Write(IReadOnlyList<ElementNode> dataset, Damage what = default)
    {
        damage = what;
        place = 0;
        isCut = false;
        using var stream = new MemoryStream();
        WriteElements(stream, dataset);
        return stream.ToArray();
    }

    /// <summary>With preamble and file meta information, which are never damaged.</summary>
    public byte[] WriteFile(string syntax, IReadOnlyList<ElementNode> dataset, Damage what = default)
    {
        var meta = new TreeWriter().Write(
        [
            ElementNode.Of(2, 1, "OB", 0, 1), ElementNode.Text(2, 2, "UI", Even("1.2.840.10008.5.1.4.1.1.7")),
            ElementNode.Text(2, 3, "UI", Even("1.2.3.4")), ElementNode.Text(2, 0x10, "UI", Even(syntax)),
        ]);
        return [.. new byte[128], .. "DICM"u8, .. meta, .. Write(dataset, what)];
    }

    private static string Even(string text) => text.Length % 2 == 0 ? text : text + "\0";

    private void WriteElements(MemoryStream stream, IReadOnlyList<ElementNode> elements)
    {
        foreach (var element in elements)
        {
            if (isCut)
            {
                return;
            }

            WriteElement(stream, element);
        }
    }

    private void WriteElement(MemoryStream stream, ElementNode element)
    {
        var mine = place++;
        var body = new MemoryStream();
        var length = (uint?)null;
        if (element.Items is { } items)
        {
            length = element.IsUndefined ? Undefined : null;
            foreach (var item in items)
            {
                WriteItem(body, item, element.IsUndefined);
            }
        }
        else if (element.Fragments is { } fragments)
        {
            length = Undefined;
            foreach (var fragment in fragments)
            {
                Tag(body, 0xFFFE, 0xE000);
                Number(body, Damaged(place++, (uint)fragment.Length));
                body.Write(fragment);
            }
        }
        else
        {
            body.Write(isBigEndian ? Swapped(element) : element.Value);
        }

        if (length == Undefined)
        {
            Delimiter(body, mine, 0xE0DD, 0xE00D);
        }

        Header(stream, element, mine, length ?? (uint)body.Length);
        if (!(isCut |= Hits(mine, DamageKind.Cut)) || element.Items is not null)
        {
            body.WriteTo(stream);
        }
    }

    /// <summary>Values are given in little endian.</summary>
    private static byte[] Swapped(ElementNode element)
    {
        var unit = element.VR switch
        {
            "AT" or "OW" or "SS" or "US" => 2,
            "FL" or "OF" or "OL" or "SL" or "UL" => 4,
            "FD" or "OD" or "OV" or "SV" or "UV" => 8,
            _ => 1,
        };
        return [.. element.Value.Chunk(unit).SelectMany(bytes => bytes.Reverse())];
    }

    private void WriteItem(MemoryStream stream, IReadOnlyList<ElementNode> item, bool isUndefined)
    {
        var mine = place++;
        var body = new MemoryStream();
        WriteElements(body, item);
        if (isUndefined)
        {
            Delimiter(body, mine, 0xE00D, 0xE0DD);
        }

        Tag(stream, 0xFFFE, 0xE000);
        Number(stream, Damaged(mine, isUndefined ? Undefined : (uint)body.Length));
        body.WriteTo(stream);
    }

    private void Header(MemoryStream stream, ElementNode element, int mine, uint length)
    {
        if (Hits(mine, DamageKind.StrayDelimiter))
        {
            Tag(stream, 0xFFFE, (ushort)(damage.Argument % 2 == 0 ? 0xE00D : 0xE0DD));
            Number(stream, 0u);
        }

        var isItem = Hits(mine, DamageKind.ItemTag);
        Tag(stream, isItem ? (ushort)0xFFFE : element.Group, isItem ? (ushort)0xE000 : element.Element);
        length = Damaged(mine, length);
        if (!isExplicit)
        {
            Number(stream, length);
            return;
        }

        stream.Write(Hits(mine, DamageKind.Representation)
            ? [(byte)(damage.Argument >> 8), (byte)damage.Argument]
            : Encoding.ASCII.GetBytes(element.VR));
        if (LongForms.Contains(element.VR))
        {
            stream.Write([0, 0]);
            Number(stream, length);
        }
        else
        {
            Number(stream, (ushort)length);
        }
    }

    private void Delimiter(MemoryStream stream, int mine, ushort right, ushort wrong)
    {
        if (!Hits(mine, DamageKind.NoDelimiter))
        {
            Tag(stream, 0xFFFE, Hits(mine, DamageKind.OtherDelimiter) ? wrong : right);
            Number(stream, 0u);
        }
    }

    private bool Hits(int mine, DamageKind kind) => damage.Kind == kind && damage.Place == mine;

    private uint Damaged(int mine, uint length) => Hits(mine, DamageKind.Length) ? damage.Argument : length;

    private void Tag(MemoryStream stream, ushort group, ushort element)
    {
        Number(stream, group);
        Number(stream, element);
    }

    private void Number(MemoryStream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        stream.Write(bytes);
    }

    private void Number(MemoryStream stream, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        }

        stream.Write(bytes);
    }
}
