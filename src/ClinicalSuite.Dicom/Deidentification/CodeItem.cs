namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>Items of code sequences (PS3.3 8.8).</summary>
internal static class CodeItem
{
    public static DicomDataset Dcm(string value, string meaning) => new DicomDataset()
        .AddOrUpdate(DicomTag.CodeValue, value)
        .AddOrUpdate(DicomTag.CodingSchemeDesignator, "DCM")
        .AddOrUpdate(DicomTag.CodeMeaning, meaning);
}
