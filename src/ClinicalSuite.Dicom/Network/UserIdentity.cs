using System.Text;

namespace ClinicalSuite.Dicom.Network;

/// <summary>User identity as a requestor gives it (PS3.7 D.3.3.7).</summary>
/// <param name="Kind">1 user name, 2 user name and passcode, 3 Kerberos, 4 SAML, 5 JSON Web Token.</param>
/// <param name="AsksForResponse">The acceptor shall confirm it.</param>
/// <param name="Primary">The user name in UTF-8, or the ticket.</param>
/// <param name="Secondary">The passcode in UTF-8; empty but for kind 2.</param>
public sealed record UserIdentity(
    byte Kind, bool AsksForResponse, ReadOnlyMemory<byte> Primary, ReadOnlyMemory<byte> Secondary)
{
    public const byte UserName = 1;
    public const byte UserNameAndPasscode = 2;

    /// <summary>The user name; empty for the other kinds.</summary>
    public string Name => Kind is UserName or UserNameAndPasscode ? Encoding.UTF8.GetString(Primary.Span) : "";

    /// <param name="passcode">Null leaves it at the name.</param>
    public static UserIdentity Of(string name, string? passcode = null) => new(
        passcode is null ? UserName : UserNameAndPasscode, AsksForResponse: true,
        Encoding.UTF8.GetBytes(name), passcode is null ? default : Encoding.UTF8.GetBytes(passcode));

    /// <summary>Neither name nor passcode may reach a log by way of a record's text.</summary>
    public override string ToString() => $"user identity of kind {Kind}";
}
