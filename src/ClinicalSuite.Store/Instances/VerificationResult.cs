namespace ClinicalSuite.Store.Instances;

/// <param name="Verified">How many acknowledged objects were read.</param>
/// <param name="Damaged">How many of them are missing or not as they were acknowledged.</param>
/// <param name="Extra">Files that no entry of the journal names.</param>
/// <param name="Bytes">What the verified objects should be together.</param>
public sealed record VerificationResult(long Verified, long Damaged, long Extra, long Bytes)
{
    public bool IsClean => Damaged == 0;
}
