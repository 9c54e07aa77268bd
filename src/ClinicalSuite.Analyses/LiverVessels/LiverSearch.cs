using ClinicalSuite.Findings;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>The liver, or why there is none.</summary>
internal abstract record LiverSearch
{
    private LiverSearch()
    {
    }

    /// <param name="Mask">1 in the liver, its vessels and lesions included; on the grid it was searched on.</param>
    /// <param name="Mode">What the parenchyma was found to be; null for a given liver.</param>
    /// <param name="Source">Where a given liver came from.</param>
    public sealed record Found(Volume<byte> Mask, LiverMode? Mode = null, string? Source = null) : LiverSearch;

    public sealed record NotFound(Code Reason, string Cause) : LiverSearch;
}
