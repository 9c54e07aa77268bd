using System.Buffers.Binary;
using System.Text;

namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>
/// Reads the body of a PDU front to back. The first thing that does not fit is kept in <see cref="Problem"/> and every
/// later read gives zeros and empty values, so that parsing hostile bytes needs neither exceptions nor a check for each
/// field.
/// </summary>
internal ref struct PduItems(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> rest = body;

    public string? Problem { get; private set; }

    public readonly bool AtEnd => rest.IsEmpty;

    public void Fail(string problem)
    {
        Problem ??= problem;
        rest = default;
    }

    public ReadOnlySpan<byte> Bytes(int count, string what)
    {
        if (count > rest.Length)
        {
            Fail($"{what} needs {count} bytes, {rest.Length} remain");
            return default;
        }
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    public byte Byte(string what)
    {
        var taken = Bytes(1, what);
        return taken.IsEmpty ? (byte)0 : taken[0];
    }

    public ushort UInt16(string what)
    {
        var taken = Bytes(2, what);
        return taken.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(taken);
    }

    public uint UInt32(string what)
    {
        var taken = Bytes(4, what);
        return taken.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(taken);
    }

    /// <summary>A field whose length of 16 bits stands before it (PS3.7 D.3.3).</summary>
    public ReadOnlySpan<byte> ShortBytes(string what) => Bytes(UInt16(what), what);

    /// <summary>All that is left.</summary>
    public ReadOnlySpan<byte> Rest() => Bytes(rest.Length, "rest");

    /// <summary>An item or sub-item: type, a reserved byte, a length of 16 bits, the value (PS3.8 9.3.2).</summary>
    public ReadOnlySpan<byte> Item(out byte type, string what)
    {
        type = Byte(what);
        Byte(what);
        return Bytes(UInt16(what), what);
    }

    /// <summary>
    /// A title or UID. Spaces and NULs around it are padding (PS3.5 6.2 and, for NUL, the practice of the field);
    /// bytes outside the default repertoire become '?' so that nothing unprintable travels on into a log.
    /// </summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Trim(" \0"u8);
        Span<byte> clean = stackalloc byte[Math.Min(bytes.Length, 128)];
        for (var i = 0; i < clean.Length; i++)
        {
            clean[i] = bytes[i] is >= 0x20 and < 0x7F ? bytes[i] : (byte)'?';
        }
        return Encoding.ASCII.GetString(clean);
    }
}
