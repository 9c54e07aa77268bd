namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>A-ASSOCIATE-AC (PS3.8 9.3.3). The titles are echoed and never tested.</summary>
public sealed record AssociateAccept(
    string CalledAeTitle,
    string CallingAeTitle,
    IReadOnlyList<ContextResult> Contexts,
    UserInformation UserInformation) : Pdu
{
    internal override PduType Type => PduType.AssociateAccept;

    internal static AssociateAccept Parse(ref PduItems items, AssociationLimits limits)
    {
        items.Bytes(4, "protocol version");
        var called = PduItems.Text(items.Bytes(16, "called AE title"));
        var calling = PduItems.Text(items.Bytes(16, "calling AE title"));
        items.Bytes(32, "reserved bytes");
        var contexts = new List<ContextResult>();
        var user = new UserInformation(0, "", "");
        while (!items.AtEnd)
        {
            var value = items.Item(out var type, "variable item");
            switch (type)
            {
                case 0x21 when contexts.Count == limits.MaximumPresentationContexts:
                    items.Fail($"more than {limits.MaximumPresentationContexts} presentation contexts");
                    break;
                case 0x21:
                    contexts.Add(ParseContext(ref items, value));
                    break;
                case 0x50:
                    user = UserInformation.Parse(ref items, value, limits);
                    break;
                default:
                    break;
            }
        }
        if (user.MaximumLength is > 0 and < Association.SmallestPduLength)
        {
            items.Fail($"maximum length {user.MaximumLength} leaves no room for a message");
        }
        return new(called, calling, contexts, user);
    }

    private static ContextResult ParseContext(ref PduItems pdu, ReadOnlySpan<byte> item)
    {
        var items = new PduItems(item);
        var id = items.Byte("presentation context id");
        items.Byte("reserved byte");
        var outcome = (ContextOutcome)items.Byte("result");
        items.Byte("reserved byte");
        var syntax = "";
        while (!items.AtEnd)
        {
            var value = items.Item(out var type, "presentation context sub-item");
            syntax = type == 0x40 ? PduItems.Text(value) : syntax;
        }
        if (items.Problem is { } problem)
        {
            pdu.Fail(problem);
        }
        return new(id, outcome, syntax);
    }

    internal override void WriteBody(PduBuilder builder)
    {
        builder.UInt16(1);
        builder.Zeros(2);
        builder.Title(CalledAeTitle);
        builder.Title(CallingAeTitle);
        builder.Zeros(32);
        builder.TextItem(0x10, AssociateRequest.DicomApplicationContext);
        foreach (var context in Contexts)
        {
            var item = builder.OpenItem(0x21);
            builder.Byte(context.Id);
            builder.Byte(0);
            builder.Byte((byte)context.Outcome);
            builder.Byte(0);
            builder.TextItem(0x40, context.TransferSyntax);
            builder.CloseItem(item);
        }
        UserInformation.Write(builder);
    }
}
