namespace ClinicalSuite.Dicom.Network.Pdus;

/// <summary>A-ASSOCIATE-RQ (PS3.8 9.3.2).</summary>
public sealed record AssociateRequest(
    string CalledAeTitle,
    string CallingAeTitle,
    IReadOnlyList<ProposedContext> Contexts,
    UserInformation UserInformation,
    ushort ProtocolVersion = 1,
    string ApplicationContext = AssociateRequest.DicomApplicationContext) : Pdu
{
    /// <summary>The one application context of DICOM (PS3.7 A.2.1).</summary>
    public const string DicomApplicationContext = "1.2.840.10008.3.1.1.1";

    internal override PduType Type => PduType.AssociateRequest;

    internal static AssociateRequest Parse(ref PduItems items, AssociationLimits limits)
    {
        var version = items.UInt16("protocol version");
        items.Bytes(2, "reserved bytes");
        var called = PduItems.Text(items.Bytes(16, "called AE title"));
        var calling = PduItems.Text(items.Bytes(16, "calling AE title"));
        items.Bytes(32, "reserved bytes");
        var application = "";
        var contexts = new List<ProposedContext>();
        UserInformation? user = null;
        while (!items.AtEnd)
        {
            var value = items.Item(out var type, "variable item");
            switch (type)
            {
                case 0x10:
                    application = PduItems.Text(value);
                    break;
                case 0x20 when contexts.Count == limits.MaximumPresentationContexts:
                    items.Fail($"more than {limits.MaximumPresentationContexts} presentation contexts");
                    break;
                case 0x20:
                    contexts.Add(ParseContext(ref items, value, limits));
                    break;
                case 0x50:
                    user = UserInformation.Parse(ref items, value, limits);
                    break;
                default:
                    break; // PS3.8 9.3.1: unrecognised items are ignored
            }
        }
        Check(ref items, contexts, user);
        return new(called, calling, contexts, user ?? new(0, "", ""), version, application);
    }

    private static ProposedContext ParseContext(ref PduItems pdu, ReadOnlySpan<byte> item, AssociationLimits limits)
    {
        var items = new PduItems(item);
        var id = items.Byte("presentation context id");
        items.Bytes(3, "reserved bytes");
        var abstractSyntax = "";
        var syntaxes = new List<string>();
        while (!items.AtEnd)
        {
            var value = items.Item(out var type, "presentation context sub-item");
            switch (type)
            {
                case 0x30:
                    abstractSyntax = PduItems.Text(value);
                    break;
                case 0x40 when syntaxes.Count == limits.MaximumTransferSyntaxes:
                    items.Fail($"more than {limits.MaximumTransferSyntaxes} transfer syntaxes in one context");
                    break;
                case 0x40:
                    syntaxes.Add(PduItems.Text(value));
                    break;
                default:
                    break;
            }
        }
        if (items.Problem is { } problem)
        {
            pdu.Fail(problem);
        }
        return new(id, abstractSyntax, syntaxes);
    }

    private static void Check(ref PduItems items, List<ProposedContext> contexts, UserInformation? user)
    {
        if (items.Problem is not null)
        {
            return;
        }
        var seen = new HashSet<byte>();
        foreach (var context in contexts)
        {
            // PS3.8 9.3.2.2: odd, and unique within the request.
            if (context.Id % 2 == 0 || !seen.Add(context.Id))
            {
                items.Fail($"presentation context id {context.Id} is even or used twice");
                return;
            }
        }
        if (contexts.Count == 0)
        {
            items.Fail("no presentation context");
        }
        else if (user is null)
        {
            items.Fail("no user information");
        }
        else if (user.MaximumLength is > 0 and < Association.SmallestPduLength)
        {
            items.Fail($"maximum length {user.MaximumLength} leaves no room for a message");
        }
    }

    internal override void WriteBody(PduBuilder builder)
    {
        builder.UInt16(ProtocolVersion);
        builder.Zeros(2);
        builder.Title(CalledAeTitle);
        builder.Title(CallingAeTitle);
        builder.Zeros(32);
        builder.TextItem(0x10, ApplicationContext);
        foreach (var context in Contexts)
        {
            var item = builder.OpenItem(0x20);
            builder.Byte(context.Id);
            builder.Zeros(3);
            builder.TextItem(0x30, context.AbstractSyntax);
            foreach (var syntax in context.TransferSyntaxes)
            {
                builder.TextItem(0x40, syntax);
            }
            builder.CloseItem(item);
        }
        UserInformation.Write(builder);
    }
}
