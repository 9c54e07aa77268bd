using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Labels;

/// <summary>An object as documents name it where they say who drew a segment.</summary>
internal static class SourceObject
{
    public static string Describe(string kind, DicomDataset dataset)
    {
        var maker = dataset.GetStringOrEmpty(DicomTag.Manufacturer).Trim();
        var name = $"{kind} {dataset.GetStringOrEmpty(DicomTag.SOPInstanceUID)}";
        return maker.Length > 0 ? $"{name} of {maker}" : name;
    }
}
