using System.Buffers.Binary;
using System.Text;

namespace ClinicalSuite.TestKit.Network;

/// <summary>PDUs laid down byte by byte after PS3.8 9.3, independent of the code under test.</summary>
public static class RawPdu
{
    public const string Verification = "1.2.840.10008.1.1";
    public const string CtImage = "1.2.840.10008.5.1.4.1.1.2";
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    public static byte[] Pdu(byte type, params byte[] body) => [type, 0, .. BigEndian((uint)body.Length), .. body];

    public static byte[] Item(byte type, params byte[] body) =>
        [type, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Context(byte id, string abstractSyntax, params string[] transferSyntaxes) =>
        Item(0x20, [id, 0, 0, 0, .. Item(0x30, Text(abstractSyntax)),
            .. transferSyntaxes.SelectMany(syntax => Item(0x40, Text(syntax)))]);

    public static byte[] AssociateRequest(
        string called = "SCP", string calling = "RAW", byte[]? contexts = null, uint maximumLength = 16384,
        ushort version = 1, string application = "1.2.840.10008.3.1.1.1") =>
        Pdu(1, [(byte)(version >> 8), (byte)version, 0, 0, .. Text(called.PadRight(16)), .. Text(calling.PadRight(16)),
            .. new byte[32], .. Item(0x10, Text(application)),
            .. contexts ?? Context(1, Verification, ImplicitLittleEndian),
            .. Item(0x50, [.. Item(0x51, BigEndian(maximumLength)), .. Item(0x52, Text("1.2.3.4"))])]);

    public static byte[] DataTransfer(byte context, byte control, params byte[] bytes) =>
        Pdu(4, [.. BigEndian((uint)bytes.Length + 2), context, control, .. bytes]);

    public static byte[] ReleaseRequest => Pdu(5, 0, 0, 0, 0);

    public static byte[] ReleaseResponse => Pdu(6, 0, 0, 0, 0);

    public static byte[] Abort(byte source = 0, byte reason = 0) => Pdu(7, 0, 0, source, reason);

    public static byte[] Command(params (ushort Element, byte[] Value)[] elements)
    {
        byte[] rest = [.. elements.SelectMany(e => (byte[])[0, 0, .. LittleEndian(e.Element),
            .. LittleEndian((uint)e.Value.Length), .. e.Value])];
        return [0, 0, 0, 0, 4, 0, 0, 0, .. LittleEndian((uint)rest.Length), .. rest];
    }

    public static byte[] EchoCommand(ushort messageId = 1) => Command(
        (0x0002, Text(Verification + "\0")), (0x0100, LittleEndian((ushort)0x30)),
        (0x0110, LittleEndian(messageId)), (0x0800, LittleEndian((ushort)0x101)));

    public static byte[] StoreCommand(string instance, string sopClass = CtImage) => Command(
        (0x0002, Even(sopClass)), (0x0100, LittleEndian((ushort)1)), (0x0110, LittleEndian((ushort)7)),
        (0x0700, LittleEndian((ushort)0)), (0x0800, LittleEndian((ushort)0)), (0x1000, Even(instance)));

    public static byte[] Even(string text) => Text(text.Length % 2 == 0 ? text : text + "\0");

    public static byte[] LittleEndian(ushort value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
