using System.Buffers.Binary;
using System.Text;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// The command set of a DIMSE message (PS3.7 6.3): elements of group 0000 in implicit VR little endian, never nested.
/// It is read before anything is known of the peer's intentions, so it has this small reader of its own.
/// </summary>
public sealed class CommandSet
{
    private const ushort NoDataSet = 0x0101;

    private readonly SortedDictionary<ushort, byte[]> elements = [];

    public CommandField Field => (CommandField)(UInt16(CommandElement.CommandField) ?? 0);

    public bool IsRequest => (UInt16(CommandElement.CommandField) & 0x8000) == 0;

    public ushort MessageId => UInt16(CommandElement.MessageId) ?? 0;

    public ushort MessageIdBeingRespondedTo => UInt16(CommandElement.MessageIdBeingRespondedTo) ?? 0;

    /// <summary>PS3.7 E.1: any value but 0101H announces a data set.</summary>
    public bool HasDataSet => UInt16(CommandElement.CommandDataSetType) is { } type && type != NoDataSet;

    public string AffectedSopClassUid => Text(CommandElement.AffectedSopClassUid);

    public string AffectedSopInstanceUid => Text(CommandElement.AffectedSopInstanceUid);

    public DimseStatus Status =>
        new(UInt16(CommandElement.Status) ?? 0,
            Text(CommandElement.ErrorComment) is { Length: > 0 } text ? text : null);

    /// <summary>Reads a command set; on false, <paramref name="problem"/> says what is wrong and where.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out CommandSet command, out string problem)
    {
        command = new CommandSet();
        problem = "";
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes.Length - at < 8)
            {
                problem = $"command set ends inside an element at offset {at}";
                return false;
            }
            var group = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            var element = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            at += 8;
            if (group != 0 || length > bytes.Length - at)
            {
                problem = $"command element ({group:X4},{element:X4}) of {length} bytes at {at - 8} does not fit";
                return false;
            }
            // The group length (0000,0000) tells nothing that the fragments have not told, and is often wrong.
            if (element != 0)
            {
                command.elements[element] = bytes.Slice(at, (int)length).ToArray();
            }
            at += (int)length;
        }
        if (command.UInt16(CommandElement.CommandField) is null)
        {
            problem = "command set without Command Field (0000,0100)";
            return false;
        }
        return true;
    }

    /// <summary>A request; <paramref name="sopInstanceUid"/> stays out where null.</summary>
    internal static CommandSet Request(CommandField field, ushort messageId, string sopClassUid, string? sopInstanceUid)
    {
        var command = new CommandSet();
        command.Set(CommandElement.AffectedSopClassUid, sopClassUid, 0);
        command.Set(CommandElement.CommandField, (ushort)field);
        command.Set(CommandElement.MessageId, messageId);
        command.Set(CommandElement.CommandDataSetType, sopInstanceUid is null ? NoDataSet : (ushort)0);
        if (sopInstanceUid is not null)
        {
            command.Set(CommandElement.Priority, (ushort)0);
            command.Set(CommandElement.AffectedSopInstanceUid, sopInstanceUid, 0);
        }
        return command;
    }

    /// <summary>The response to a request (PS3.7 9.3), without a data set.</summary>
    internal static CommandSet Response(CommandSet request, DimseStatus status)
    {
        var command = new CommandSet();
        command.Copy(request, CommandElement.AffectedSopClassUid);
        command.Set(CommandElement.CommandField, (ushort)((ushort)request.Field | 0x8000));
        command.Set(CommandElement.MessageIdBeingRespondedTo, request.MessageId);
        command.Set(CommandElement.CommandDataSetType, NoDataSet);
        command.Set(CommandElement.Status, status.Code);
        if (status.Comment is { Length: > 0 } comment)
        {
            // LO, default repertoire, no backslash.
            var printable = string.Concat(comment.Select(c => c is >= ' ' and < '\x7F' and not '\\' ? c : '?'));
            command.Set(CommandElement.ErrorComment, printable[..Math.Min(64, printable.Length)], (byte)' ');
        }
        command.Copy(request, CommandElement.AffectedSopInstanceUid);
        return command;
    }

    internal byte[] Encode()
    {
        var length = elements.Values.Sum(value => 8 + value.Length);
        var bytes = new byte[12 + length];
        var at = Put(bytes, 0, 0, BitConverter.GetBytes((uint)length));
        foreach (var (element, value) in elements)
        {
            at = Put(bytes, at, element, value);
        }
        return bytes;
    }

    private static int Put(byte[] bytes, int at, ushort element, byte[] value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 2), element);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 4), (uint)value.Length);
        value.CopyTo(bytes.AsSpan(at + 8));
        return at + 8 + value.Length;
    }

    private ushort? UInt16(ushort element) =>
        elements.TryGetValue(element, out var value) && value.Length >= 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(value)
            : null;

    private string Text(ushort element) =>
        elements.TryGetValue(element, out var value) ? Pdus.PduItems.Text(value) : "";

    private void Set(ushort element, ushort value) => elements[element] = [(byte)(value & 0xFF), (byte)(value >> 8)];

    private void Set(ushort element, string text, byte padding)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        elements[element] = bytes.Length % 2 == 0 ? bytes : [.. bytes, padding];
    }

    private void Copy(CommandSet from, ushort element)
    {
        if (from.elements.TryGetValue(element, out var value))
        {
            elements[element] = value;
        }
    }
}
