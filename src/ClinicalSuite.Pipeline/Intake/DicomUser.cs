using System.Security.Cryptography;
using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>A user that may identify itself on an association.</summary>
/// <param name="PasscodeSha256">
/// Hexadecimal SHA-256 of its passcode in UTF-8, a long random one; null if the name alone is enough.
/// </param>
public sealed record DicomUser(string Name, string? PasscodeSha256 = null)
{
    /// <summary>True if the identity is this user's, passcode included where there is one.</summary>
    public bool Is(UserIdentity identity)
    {
        if (identity.Name != Name || Name.Length == 0)
        {
            return false;
        }
        return PasscodeSha256 is null || (identity.Kind == UserIdentity.UserNameAndPasscode
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(identity.Secondary.Span), Convert.FromHexString(PasscodeSha256)));
    }
}
