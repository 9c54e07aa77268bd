using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Dicom.Network;

/// <summary>The user information of an association (PS3.8 annex D, PS3.7 annex D.3).</summary>
/// <param name="MaximumLength">Longest P-DATA-TF body that the sender of this item takes; 0 is no limit.</param>
public sealed record UserInformation(
    uint MaximumLength, string ImplementationClassUid, string ImplementationVersionName)
{
    /// <summary>Null where the peer said nothing of it: one at a time.</summary>
    public OperationsWindow? Window { get; init; }

    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    public IReadOnlyList<ExtendedNegotiation> Extended { get; init; } = [];

    public IReadOnlyList<CommonExtendedNegotiation> CommonExtended { get; init; } = [];

    /// <summary>In a request only.</summary>
    public UserIdentity? Identity { get; init; }

    /// <summary>In an acceptance only: the identity was checked; empty for user names (PS3.7 D.3.3.7.2).</summary>
    public ReadOnlyMemory<byte>? IdentityResponse { get; init; }

    /// <summary>What this implementation says of itself (PS3.7 D.3.3.2).</summary>
    public static UserInformation Own(int maximumLength) =>
        new((uint)maximumLength, DicomUID.ImplementationClass, DicomFileMeta.ImplementationVersionName);

    internal static UserInformation Parse(ref PduItems pdu, ReadOnlySpan<byte> item, AssociationLimits limits)
    {
        var items = new PduItems(item);
        var parts = new UserInformationParts();
        for (var count = 0; !items.AtEnd; count++)
        {
            if (count == limits.MaximumUserItems)
            {
                items.Fail($"more than {limits.MaximumUserItems} user information sub-items");
            }
            var value = items.Item(out var type, "user information sub-item");
            if (items.Problem is null && parts.Take(type, value) is { } problem)
            {
                items.Fail(problem);
            }
        }
        if (items.Problem is { } found)
        {
            pdu.Fail(found);
        }
        return parts.ToUserInformation();
    }

    internal void Write(PduBuilder builder)
    {
        var item = builder.OpenItem(0x50);
        var length = builder.OpenItem(0x51);
        builder.UInt32(MaximumLength);
        builder.CloseItem(length);
        builder.TextItem(0x52, ImplementationClassUid);
        if (Window is { } window)
        {
            var part = builder.OpenItem(0x53);
            builder.UInt16(window.Invoked);
            builder.UInt16(window.Performed);
            builder.CloseItem(part);
        }
        foreach (var role in Roles)
        {
            var part = builder.OpenItem(0x54);
            builder.ShortText(role.SopClassUid);
            builder.Byte((byte)(role.IsUser ? 1 : 0));
            builder.Byte((byte)(role.IsProvider ? 1 : 0));
            builder.CloseItem(part);
        }
        builder.TextItem(0x55, ImplementationVersionName);
        foreach (var extended in Extended)
        {
            var part = builder.OpenItem(0x56);
            builder.ShortText(extended.SopClassUid);
            builder.Bytes(extended.Information.Span);
            builder.CloseItem(part);
        }
        WriteIdentity(builder);
        builder.CloseItem(item);
    }

    private void WriteIdentity(PduBuilder builder)
    {
        if (Identity is { } identity)
        {
            var part = builder.OpenItem(0x58);
            builder.Byte(identity.Kind);
            builder.Byte((byte)(identity.AsksForResponse ? 1 : 0));
            builder.ShortBytes(identity.Primary.Span);
            builder.ShortBytes(identity.Secondary.Span);
            builder.CloseItem(part);
        }
        if (IdentityResponse is { } response)
        {
            var part = builder.OpenItem(0x59);
            builder.ShortBytes(response.Span);
            builder.CloseItem(part);
        }
    }
}
