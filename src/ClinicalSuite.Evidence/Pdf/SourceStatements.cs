using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Images;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>What the source images say of themselves that every document must repeat.</summary>
public static class SourceStatements
{
    /// <summary>Synthetic Data (PS3.3 C.7.6.1, added in 2022), younger than the dictionary that ours is made from.</summary>
    public static readonly DicomTag SyntheticData = new(0x0008, 0x001C);

    /// <summary>Whether a source series states that no patient was scanned.</summary>
    public static bool IsSynthetic(EvidenceContext context) => context.Series.Values.Any(series => IsSynthetic(series.Header));

    /// <summary>
    /// Whether an image states that no patient was scanned: by the attribute made for it, or by the very remark of our simulators. Never
    /// by a word, for a real patient may have a synthetic graft.
    /// </summary>
    public static bool IsSynthetic(DicomDataset header) =>
        header.GetStringOrEmpty(SyntheticData) == "YES"
        || header.GetStringOrEmpty(DicomTag.ImageComments) == SyntheticStudy.Remark;
}
