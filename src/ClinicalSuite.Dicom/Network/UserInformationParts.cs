using ClinicalSuite.Dicom.Network.Pdus;

namespace ClinicalSuite.Dicom.Network;

/// <summary>Collects the sub-items of the user information as they are read.</summary>
internal sealed class UserInformationParts
{
    private readonly List<RoleSelection> roles = [];
    private readonly List<ExtendedNegotiation> extended = [];
    private readonly List<CommonExtendedNegotiation> commonExtended = [];
    private UserInformation own = new(0, "", "");

    public UserInformation ToUserInformation() =>
        own with { Roles = roles, Extended = extended, CommonExtended = commonExtended };

    /// <summary>Takes one sub-item; what is wrong with it, or null. Unknown types are skipped (PS3.8 9.3.1).</summary>
    public string? Take(byte type, ReadOnlySpan<byte> value)
    {
        var items = new PduItems(value);
        switch (type)
        {
            case 0x51:
                own = own with { MaximumLength = items.UInt32("maximum length") };
                break;
            case 0x52:
                own = own with { ImplementationClassUid = PduItems.Text(value) };
                break;
            case 0x53:
                own = own with { Window = new(items.UInt16("operations invoked"), items.UInt16("operations performed")) };
                break;
            case 0x54:
                roles.Add(new(PduItems.Text(items.ShortBytes("role SOP class")), items.Byte("SCU role") == 1,
                    items.Byte("SCP role") == 1));
                break;
            case 0x55:
                own = own with { ImplementationVersionName = PduItems.Text(value) };
                break;
            case 0x56:
                extended.Add(new(PduItems.Text(items.ShortBytes("extended SOP class")), items.Rest().ToArray()));
                break;
            case 0x57:
                commonExtended.Add(CommonExtended(ref items));
                break;
            case 0x58:
                own = own with { Identity = Identity(ref items) };
                break;
            case 0x59:
                own = own with { IdentityResponse = items.ShortBytes("identity response").ToArray() };
                break;
            default:
                break;
        }
        return items.Problem;
    }

    private static UserIdentity Identity(ref PduItems items)
    {
        var kind = items.Byte("identity type");
        var asks = items.Byte("identity response requested") == 1;
        var primary = items.ShortBytes("identity primary field").ToArray();
        return new(kind, asks, primary, items.ShortBytes("identity secondary field").ToArray());
    }

    private static CommonExtendedNegotiation CommonExtended(ref PduItems items)
    {
        var sopClass = PduItems.Text(items.ShortBytes("SOP class"));
        var service = PduItems.Text(items.ShortBytes("service class"));
        var related = new List<string>();
        var list = new PduItems(items.AtEnd ? default : items.ShortBytes("related SOP classes"));
        while (!list.AtEnd)
        {
            related.Add(PduItems.Text(list.ShortBytes("related SOP class")));
        }
        if (list.Problem is { } problem)
        {
            items.Fail(problem);
        }
        return new(sopClass, service, related);
    }
}
