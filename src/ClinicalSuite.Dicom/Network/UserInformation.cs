using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// The user information of an association (PS3.8 annex D, PS3.7 annex D.3). Sub-items that are not read here (extended
/// negotiation, user identity, asynchronous operations, roles) are skipped: leaving them unanswered declines them.
/// </summary>
/// <param name="MaximumLength">Longest P-DATA-TF body that the sender of this item takes; 0 is no limit.</param>
public sealed record UserInformation(
    uint MaximumLength, string ImplementationClassUid, string ImplementationVersionName)
{
    /// <summary>What this implementation says of itself (PS3.7 D.3.3.2).</summary>
    public static UserInformation Own(int maximumLength) =>
        new((uint)maximumLength, DicomUID.ImplementationClass, DicomFileMeta.ImplementationVersionName);

    internal static UserInformation Parse(ref PduItems pdu, ReadOnlySpan<byte> item, AssociationLimits limits)
    {
        var items = new PduItems(item);
        var own = new UserInformation(0, "", "");
        for (var count = 0; !items.AtEnd; count++)
        {
            if (count == limits.MaximumUserItems)
            {
                items.Fail($"more than {limits.MaximumUserItems} user information sub-items");
            }
            var value = items.Item(out var type, "user information sub-item");
            switch (type)
            {
                case 0x51 when items.Problem is null:
                    var length = new PduItems(value);
                    own = own with { MaximumLength = length.UInt32("maximum length") };
                    if (length.Problem is { } problem)
                    {
                        items.Fail(problem);
                    }
                    break;
                case 0x52:
                    own = own with { ImplementationClassUid = PduItems.Text(value) };
                    break;
                case 0x55:
                    own = own with { ImplementationVersionName = PduItems.Text(value) };
                    break;
                default:
                    break;
            }
        }
        if (items.Problem is { } found)
        {
            pdu.Fail(found);
        }
        return own;
    }

    internal void Write(PduBuilder builder)
    {
        var item = builder.OpenItem(0x50);
        var length = builder.OpenItem(0x51);
        builder.UInt32(MaximumLength);
        builder.CloseItem(length);
        builder.TextItem(0x52, ImplementationClassUid);
        builder.TextItem(0x55, ImplementationVersionName);
        builder.CloseItem(item);
    }
}
