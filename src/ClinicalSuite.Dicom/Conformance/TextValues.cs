namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Values as text for comparing; a value that cannot be read is none, and is found at fault where values are checked.</summary>
internal static class TextValues
{
    public static IReadOnlyList<string> Of(DicomDataset item, DicomTag tag)
    {
        if (!item.TryGetElement(tag, out var element) || element is DicomSequence or DicomFragmentSequence || element.VR.IsOther)
        {
            return [];
        }

        try
        {
            return item.TextOf(element);
        }
        catch (DicomFormatException)
        {
            return [];
        }
    }
}
