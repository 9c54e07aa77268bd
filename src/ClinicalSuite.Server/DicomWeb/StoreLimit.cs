namespace ClinicalSuite.Server.DicomWeb;

/// <summary>How many STOW-RS requests are taken at the same time; others are told to come again.</summary>
internal sealed class StoreLimit
{
    internal const int Most = 32;

    private int taken;

    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref taken) <= Most)
        {
            return true;
        }

        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref taken);
}
