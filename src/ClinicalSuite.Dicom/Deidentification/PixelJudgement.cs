namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>Whether an image may name or show somebody, and what is blanked in it.</summary>
internal static class PixelJudgement
{
    /// <summary>Classes whose images devices and people write into as a rule, or that are photographs.</summary>
    private static readonly string[] WrittenInto =
    [
        DicomUID.UltrasoundImageStorage, DicomUID.UltrasoundMultiFrameImageStorage,
        DicomUID.UltrasoundImageStorageRetired, DicomUID.UltrasoundMultiFrameImageStorageRetired, DicomUID.SecondaryCaptureImageStorage,
        DicomUID.MultiFrameSingleBitSecondaryCaptureImageStorage, DicomUID.MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
        DicomUID.MultiFrameGrayscaleWordSecondaryCaptureImageStorage, DicomUID.MultiFrameTrueColorSecondaryCaptureImageStorage,
        DicomUID.VLEndoscopicImageStorage, DicomUID.VideoEndoscopicImageStorage, DicomUID.VLMicroscopicImageStorage,
        DicomUID.VideoMicroscopicImageStorage, DicomUID.VLSlideCoordinatesMicroscopicImageStorage,
        DicomUID.VLPhotographicImageStorage, DicomUID.VideoPhotographicImageStorage,
        DicomUID.OphthalmicPhotography8BitImageStorage, DicomUID.OphthalmicPhotography16BitImageStorage,
        DicomUID.DermoscopicPhotographyImageStorage,
    ];

    /// <summary>The mask of an image, null where nothing is blanked, or the reason why it must not be written.</summary>
    /// <exception cref="DicomFormatException">Attributes of the image cannot be read.</exception>
    public static (PixelMask? Mask, string? Refusal) Judge(DicomDataset dataset, DeidentificationPlan plan)
    {
        if (!HasPixels(dataset))
        {
            return (null, null);
        }

        if (dataset.GetStringOrEmpty(DicomTag.RecognizableVisualFeatures) == "YES" && !plan.AcceptsVisualFeatures)
        {
            return (null, "somebody can be recognized by its pixels, so (0028,0302) says, and faces are not taken out here");
        }

        var rules = plan.Redaction.Rules.Where(rule => rule.Matches(dataset)).ToList();
        var isUltrasound = dataset.GetStringOrEmpty(DicomTag.Modality) is "US" or "IVUS";
        var keepsRegions = rules.Any(rule => rule.OutsideUltrasoundRegions)
            || (plan.BlanksOutsideUltrasoundRegions && isUltrasound);
        if (rules.Count == 0 && !keepsRegions)
        {
            return (null, plan.AcceptsBurnedIn ? null : Suspicion(dataset));
        }

        var mask = PixelMask.Of(
            dataset.GetInt(DicomTag.Rows), dataset.GetInt(DicomTag.Columns), rules.SelectMany(rule => rule.Areas));
        if (keepsRegions && !mask.TryKeepOnlyUltrasoundRegions(dataset))
        {
            return (null, "all outside of its ultrasound regions was to be blanked, and (0018,6011) names none");
        }

        return (mask.IsEmpty ? null : mask, null);
    }

    public static bool HasPixels(DicomDataset dataset) => dataset.Contains(DicomTag.PixelData)
        || dataset.Contains(DicomTag.FloatPixelData) || dataset.Contains(DicomTag.DoubleFloatPixelData);

    private static string? Suspicion(DicomDataset dataset)
    {
        const string Remedy = "; a redaction rule for its kind, or its acceptance, lets it pass";
        if (dataset.GetStringOrEmpty(DicomTag.BurnedInAnnotation) == "YES")
        {
            return "text is burned into its pixels, so (0028,0301) says" + Remedy;
        }

        if (WrittenInto.Contains(dataset.GetStringOrEmpty(DicomTag.SOPClassUID))
            || dataset.GetStringOrEmpty(DicomTag.Modality) is "US" or "IVUS")
        {
            return "images of its class often have names burned in, and no redaction rule speaks of it" + Remedy;
        }

        if (dataset.GetStrings(DicomTag.ImageType).Any(value => value is "LABEL" or "OVERVIEW")
            || dataset.GetStringOrEmpty(DicomTag.SpecimenLabelInImage) == "YES")
        {
            return "it shows the label of a slide" + Remedy;
        }

        return dataset.TryGetString(DicomTag.ConversionType, out _)
            ? "it was captured or digitized (0008,0064), so text may be burned in" + Remedy
            : null;
    }
}
