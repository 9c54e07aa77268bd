using System.Buffers.Binary;
using System.Text;

namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>Builds one PDU; the length of an open item is filled in when the item is closed.</summary>
internal sealed class PduBuilder
{
    private byte[] buffer = new byte[512];
    private int length;

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    public static ReadOnlyMemory<byte> Build(Pdu pdu)
    {
        var builder = new PduBuilder();
        builder.Byte((byte)pdu.Type);
        builder.Byte(0);
        builder.UInt32(0);
        pdu.WriteBody(builder);
        BinaryPrimitives.WriteUInt32BigEndian(builder.buffer.AsSpan(2), (uint)(builder.length - 6));
        return builder.Written;
    }

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void Zeros(int count) => Reserve(count).Clear();

    public void Text(string text) => Encoding.ASCII.GetBytes(text, Reserve(text.Length));

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>A field whose length of 16 bits stands before it (PS3.7 D.3.3).</summary>
    public void ShortBytes(ReadOnlySpan<byte> bytes)
    {
        UInt16(checked((ushort)bytes.Length));
        Bytes(bytes);
    }

    public void ShortText(string text) => ShortBytes(Encoding.ASCII.GetBytes(text));

    /// <summary>An application entity title: 16 characters, padded with spaces (PS3.8 table 9-11).</summary>
    public void Title(string title) => Text(title.PadRight(16)[..16]);

    public int OpenItem(byte type)
    {
        Byte(type);
        Byte(0);
        UInt16(0);
        return length;
    }

    public void CloseItem(int start) =>
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(start - 2), checked((ushort)(length - start)));

    public void TextItem(byte type, string text)
    {
        var start = OpenItem(type);
        Text(text);
        CloseItem(start);
    }

    private Span<byte> Reserve(int count)
    {
        if (length + count > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }
        var span = buffer.AsSpan(length, count);
        length += count;
        return span;
    }
}
