using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>What the source images say of themselves that every document must repeat.</summary>
public static class SourceStatements
{
    // Synthetic Data (PS3.3 C.7.6.1, added in 2022), younger than the dictionary that ours is made from.
    private static readonly DicomTag SyntheticData = new(0x0008, 0x001C);

    private static readonly DicomTag[] Remarks =
        [DicomTag.ImageComments, DicomTag.PatientComments, DicomTag.InstitutionName];

    /// <summary>Whether a source series states that no patient was scanned.</summary>
    public static bool IsSynthetic(EvidenceContext context) => context.Series.Values.Any(series => IsSynthetic(series.Header));

    /// <summary>Whether an image states that no patient was scanned.</summary>
    public static bool IsSynthetic(DicomDataset header) =>
        header.GetStringOrEmpty(SyntheticData) == "YES"
        || Remarks.Any(tag => header.GetStringOrEmpty(tag).Contains("synthetic", StringComparison.OrdinalIgnoreCase));
}
