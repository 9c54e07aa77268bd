using ClinicalSuite.Store;

namespace ClinicalSuite.Pipeline.Delivery;

/// <summary>Whether a report may leave for a patient's record by itself.</summary>
internal static class LeavingRule
{
    /// <summary>
    /// A study without a patient leaves where the site says so, under a number that is no patient's. One whose images name two
    /// patients never does: its report would go into the record of one of them.
    /// </summary>
    public static bool MayLeave(IdentityTrust trust, UnidentifiedPolicy policy) => trust switch
    {
        IdentityTrust.AsReceived or IdentityTrust.Confirmed => true,
        IdentityTrust.Unidentified => policy == UnidentifiedPolicy.Send,
        _ => false,
    };
}
