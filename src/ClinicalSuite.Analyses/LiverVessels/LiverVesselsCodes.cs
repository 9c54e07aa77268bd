using ClinicalSuite.Findings;

namespace ClinicalSuite.Analyses.LiverVessels;

/// <summary>The coded concepts of this analysis (PS3.16 context groups; what no table has is in 99CLINSUITE).</summary>
internal static class LiverVesselsCodes
{
    public static readonly Code Liver = new("10200004", "SCT", "Liver");
    public static readonly Code HepaticVasculature = new("HEP-VESSELS", "99CLINSUITE", "Hepatic vasculature, portal and hepatic veins");
    public static readonly Code AnatomicalStructure = new("91723000", "SCT", "Anatomical Structure");

    public static readonly Code Volume = new("118565006", "SCT", "Volume");
    public static readonly Code Attenuation = new("112031", "DCM", "Attenuation Coefficient");
    public static readonly Code Ratio = new("118586006", "SCT", "Ratio");
    public static readonly Code Mean = new("373098007", "SCT", "Mean Value of population");
    public static readonly Code StandardDeviation = new("386136009", "SCT", "Standard Deviation");

    /// <summary>Why a value is missing (CID 42): there was no voxel to take it from.</summary>
    public static readonly Code NotObtained = new("114006", "DCM", "Measurement failure");

    public static readonly Code WrongModality = Reason("WRONG-MODALITY", "Not the modality needed");
    public static readonly Code WrongRegion = Reason("WRONG-REGION", "Not the region of the body needed");
    public static readonly Code SliceGap = Reason("SLICE-GAP", "Slices missing or unevenly spaced");
    public static readonly Code GantryTilt = Reason("GANTRY-TILT", "Slices sheared by gantry tilt");
    public static readonly Code TooFewSlices = Reason("TOO-FEW-SLICES", "Too little of the body scanned");
    public static readonly Code ThickSlices = Reason("THICK-SLICES", "Slices too far apart for vessels");
    public static readonly Code WrongExtent = Reason("WRONG-EXTENT", "Extent that is no patient's");
    public static readonly Code DerivedImages = Reason("DERIVED-IMAGES", "Localizer or derived images");
    public static readonly Code NoLiver = Reason("NO-SEGMENT", "Liver not found");
    public static readonly Code NoContrast = Reason("NO-CONTRAST", "No contrast agent seen in the vessels");
    public static readonly Code LabelMissing = Reason("LABEL-MISSING", "The given label does not cover this series");
    public static readonly Code AnatomyCut = Reason("ANATOMY-CUT", "Organ cut off at the edge of the scan");
    public static readonly Code LowContrast = Reason("LOW-CONTRAST", "Vessel contrast low");
    public static readonly Code LowResolution = Reason("LOW-RESOLUTION", "Resolution limits thin vessels");
    public static readonly Code GivenLabel = Reason("GIVEN-LABEL", "Region given from outside");
    public static readonly Code MetalNear = Reason("METAL-NEAR", "Dense material in the organ");
    public static readonly Code VolumeUnusual = Reason("OUT-OF-RANGE", "Value outside its usual range");

    private static Code Reason(string value, string meaning) => new(value, "99CLINSUITE", meaning);
}
