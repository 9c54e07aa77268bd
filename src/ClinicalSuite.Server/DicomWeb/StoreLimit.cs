namespace ClinicalSuite.Server.DicomWeb;

/// <summary>How many STOW-RS requests are taken at the same time; others are told to come again.</summary>
internal sealed class StoreLimit
{
    private const int Most = 32;

    private readonly SemaphoreSlim places = new(Most);

    internal bool TryEnter() => places.Wait(0);

    internal void Leave() => places.Release();
}
