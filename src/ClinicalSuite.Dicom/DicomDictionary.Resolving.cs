namespace ClinicalSuite.Dicom;

public static partial class DicomDictionary
{
    /// <summary>
    /// The VR of an attribute in a data set: by its private creator, and where PS3.6 leaves a choice by pixel
    /// representation and LUT descriptor (PS3.5 A.1). UN where nothing is known.
    /// </summary>
    internal static DicomVR Resolve(DicomTag tag, DicomDataset dataset, bool negative = false)
    {
        if (!TryFind(tag, out var entry))
        {
            if (!tag.IsPrivate
                || !dataset.TryGetString(tag.PrivateCreatorTag, out var creator)
                || !TryFindPrivate(creator, tag, out entry))
            {
                return DicomVR.UN;
            }
        }

        var code = entry.VR;
        if (code.Length == 2)
        {
            return DicomVR.Find(code[0], code[1]) ?? DicomVR.UN;
        }

        return code switch
        {
            "US or SS" => negative || IsSigned(dataset) ? DicomVR.SS : DicomVR.US,
            // (0028,3006): numbers, unless its descriptor says that there is only one.
            "US or OW" => DicomVR.OW,
            _ => DicomVR.OW,
        };
    }

    private static bool IsSigned(DicomDataset dataset)
    {
        for (var set = dataset; set is not null; set = set.Parent)
        {
            if (set.TryGetElement(DicomTag.PixelRepresentation, out var element) && element.Length == 2)
            {
                return element.ReadBytes().Span[0] == 1;
            }
        }

        return false;
    }
}
