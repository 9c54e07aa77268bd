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
    private const ushort WithDataSet = 0x0001;

    private readonly SortedDictionary<ushort, byte[]> elements = [];

    public CommandField Field => (CommandField)(UInt16(CommandElement.CommandField) ?? 0);

    public bool IsRequest => (UInt16(CommandElement.CommandField) & 0x8000) == 0;

    public ushort MessageId => UInt16(CommandElement.MessageId) ?? 0;

    public ushort MessageIdBeingRespondedTo => UInt16(CommandElement.MessageIdBeingRespondedTo) ?? 0;

    /// <summary>PS3.7 E.1: any value but 0101H announces a data set.</summary>
    public bool HasDataSet => UInt16(CommandElement.CommandDataSetType) is { } type && type != NoDataSet;

    public string AffectedSopClassUid => Text(CommandElement.AffectedSopClassUid);

    public string AffectedSopInstanceUid => Text(CommandElement.AffectedSopInstanceUid);

    /// <summary>The SOP class: affected, or requested where the service names it so (PS3.7 10.1).</summary>
    public string SopClassUid => Either(CommandElement.AffectedSopClassUid, CommandElement.RequestedSopClassUid);

    /// <summary>The SOP instance, likewise; empty where the request names none.</summary>
    public string SopInstanceUid =>
        Either(CommandElement.AffectedSopInstanceUid, CommandElement.RequestedSopInstanceUid);

    public string MoveDestination => Text(CommandElement.MoveDestination);

    /// <summary>Of a C-STORE that a C-MOVE of somebody brought about; empty otherwise.</summary>
    public string MoveOriginatorAeTitle => Text(CommandElement.MoveOriginatorApplicationEntityTitle);

    public ushort? EventTypeId => UInt16(CommandElement.EventTypeId);

    public ushort? ActionTypeId => UInt16(CommandElement.ActionTypeId);

    /// <summary>Numbers of sub-operations of a C-MOVE or C-GET response.</summary>
    public SuboperationCounts Suboperations => new(
        UInt16(CommandElement.NumberOfRemainingSuboperations) ?? 0,
        UInt16(CommandElement.NumberOfCompletedSuboperations) ?? 0,
        UInt16(CommandElement.NumberOfFailedSuboperations) ?? 0,
        UInt16(CommandElement.NumberOfWarningSuboperations) ?? 0);

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

    /// <summary>A request of a C-service.</summary>
    /// <param name="sopInstanceUid">Null stays out: only C-STORE has it.</param>
    internal static CommandSet Request(
        CommandField field, ushort messageId, string sopClassUid, string? sopInstanceUid, bool hasDataSet)
    {
        var command = new CommandSet();
        command.Set(CommandElement.AffectedSopClassUid, sopClassUid, 0);
        command.Set(CommandElement.CommandField, (ushort)field);
        command.Set(CommandElement.MessageId, messageId);
        command.Announce(hasDataSet);
        if (field != CommandField.EchoRequest)
        {
            command.Set(CommandElement.Priority, (ushort)0);
        }
        if (sopInstanceUid is not null)
        {
            command.Set(CommandElement.AffectedSopInstanceUid, sopInstanceUid, 0);
        }
        return command;
    }

    /// <summary>A request of an N-service (PS3.7 10.3): which names the SOP class and instance affected or requested.
    /// </summary>
    internal static CommandSet NRequest(ushort messageId, NServiceRequest request)
    {
        var command = new CommandSet();
        var isAffected = request.Field is CommandField.EventReportRequest or CommandField.NCreateRequest;
        command.Set(isAffected ? CommandElement.AffectedSopClassUid : CommandElement.RequestedSopClassUid,
            request.SopClassUid, 0);
        command.Set(CommandElement.CommandField, (ushort)request.Field);
        command.Set(CommandElement.MessageId, messageId);
        command.Announce(request.DataSet is not null);
        if (request.SopInstanceUid is { } instance)
        {
            command.Set(isAffected ? CommandElement.AffectedSopInstanceUid : CommandElement.RequestedSopInstanceUid,
                instance, 0);
        }
        if (request.TypeId is { } type)
        {
            command.Set(request.Field == CommandField.EventReportRequest
                ? CommandElement.EventTypeId : CommandElement.ActionTypeId, type);
        }
        return command;
    }

    /// <summary>C-CANCEL of a request of ours (PS3.7 9.3.2.3).</summary>
    internal static CommandSet Cancel(ushort messageId)
    {
        var command = new CommandSet();
        command.Set(CommandElement.CommandField, (ushort)CommandField.CancelRequest);
        command.Set(CommandElement.MessageIdBeingRespondedTo, messageId);
        command.Announce(hasDataSet: false);
        return command;
    }

    internal CommandSet WithMoveDestination(string aeTitle)
    {
        Set(CommandElement.MoveDestination, aeTitle, (byte)' ');
        return this;
    }

    /// <summary>Names whose C-MOVE brought this C-STORE about (PS3.7 9.1.1.1).</summary>
    internal CommandSet WithMoveOriginator(MoveOriginator originator)
    {
        Set(CommandElement.MoveOriginatorApplicationEntityTitle, originator.AeTitle, (byte)' ');
        Set(CommandElement.MoveOriginatorMessageId, originator.MessageId);
        return this;
    }

    /// <summary>The response to a request (PS3.7 9.3, 10.3).</summary>
    internal static CommandSet Response(CommandSet request, DimseResponse response)
    {
        var command = new CommandSet();
        var (sopClass, instance) = (request.SopClassUid, response.SopInstanceUid ?? request.SopInstanceUid);
        if (sopClass.Length > 0)
        {
            command.Set(CommandElement.AffectedSopClassUid, sopClass, 0);
        }
        command.Set(CommandElement.CommandField, (ushort)((ushort)request.Field | 0x8000));
        command.Set(CommandElement.MessageIdBeingRespondedTo, request.MessageId);
        command.Announce(response.DataSet is not null);
        command.Set(CommandElement.Status, response.Status.Code);
        if (response.Status.Comment is { Length: > 0 } comment)
        {
            // LO, default repertoire, no backslash.
            var printable = string.Concat(comment.Select(c => c is >= ' ' and < '\x7F' and not '\\' ? c : '?'));
            command.Set(CommandElement.ErrorComment, printable[..Math.Min(64, printable.Length)], (byte)' ');
        }
        if (instance.Length > 0)
        {
            command.Set(CommandElement.AffectedSopInstanceUid, instance, 0);
        }
        command.Copy(request, CommandElement.EventTypeId);
        command.Copy(request, CommandElement.ActionTypeId);
        if (response.Suboperations is { } counts)
        {
            command.SetCounts(counts, withRemaining: response.Status.IsPending || response.Status.IsCancel);
        }
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

    private string Either(ushort element, ushort other) =>
        Text(element) is { Length: > 0 } text ? text : Text(other);

    private void Announce(bool hasDataSet) =>
        Set(CommandElement.CommandDataSetType, hasDataSet ? WithDataSet : NoDataSet);

    /// <summary>PS3.4 C.4.2.1.6: what remains is said while something may remain.</summary>
    private void SetCounts(SuboperationCounts counts, bool withRemaining)
    {
        if (withRemaining)
        {
            Set(CommandElement.NumberOfRemainingSuboperations, Count(counts.Remaining));
        }
        Set(CommandElement.NumberOfCompletedSuboperations, Count(counts.Completed));
        Set(CommandElement.NumberOfFailedSuboperations, Count(counts.Failed));
        Set(CommandElement.NumberOfWarningSuboperations, Count(counts.Warning));
    }

    /// <summary>The field has 16 bits; a retrieval of more objects says the largest number.</summary>
    private static ushort Count(int count) => (ushort)Math.Min(count, ushort.MaxValue);

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
