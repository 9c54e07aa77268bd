namespace ClinicalSuite.Dicom.Network;

/// <summary>The form of a unique identifier (PS3.5 9.1): digits and dots, at most 64, no component empty.</summary>
internal static class Uid
{
    /// <summary>
    /// Leading zeros of a component break the standard but are sent by real devices and do no harm, so they pass.
    /// </summary>
    public static bool IsWellFormed(string uid)
    {
        if (uid.Length is 0 or > 64 || uid[0] == '.' || uid[^1] == '.')
        {
            return false;
        }
        for (var i = 0; i < uid.Length; i++)
        {
            if (uid[i] == '.' ? uid[i - 1] == '.' : !char.IsAsciiDigit(uid[i]))
            {
                return false;
            }
        }
        return true;
    }
}
