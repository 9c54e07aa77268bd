using ClinicalSuite.Dicom.Query;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>What is blanked in the images of one kind.</summary>
public sealed record RedactionRule
{
    /// <summary>
    /// Keywords of attributes and the values that an image must have, all of them; <c>*</c> and <c>?</c> as in queries, capitals
    /// and small letters alike.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Match { get; init; }

    /// <summary>Blanked in each frame. None: the site has looked, nothing is written into images of this kind.</summary>
    public IReadOnlyList<PixelArea> Areas { get; init; } = [];

    /// <summary>All outside of the regions of (0018,6011) is blanked too.</summary>
    public bool OutsideUltrasoundRegions { get; init; }

    internal bool Matches(DicomDataset dataset) => Match.All(wanted =>
        DicomTag.TryParse(wanted.Key, out var tag)
        && dataset.GetStrings(tag).Any(value => Wildcard.IsMatch(wanted.Value.ToUpperInvariant(), value.ToUpperInvariant())));
}
