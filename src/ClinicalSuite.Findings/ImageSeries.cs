using ClinicalSuite.Imaging;

namespace ClinicalSuite.Findings;

/// <summary>A series as numbers: CT in HU, others in the sender's units after rescale.</summary>
public sealed record ImageSeries(SeriesManifest Facts, Volume<float> Image);
