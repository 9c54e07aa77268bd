using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Sr;

/// <summary>Concepts of TID 1500 and its parts (PS3.16), and our own where there is none.</summary>
internal static class ReportCodes
{
    public static readonly Code Report = Dcm("126000", "Imaging Measurement Report");
    public static readonly Code Language = Dcm("121049", "Language of Content Item and Descendants");
    public static readonly Code Country = Dcm("121046", "Country of Language");
    public static readonly Code ObserverType = Dcm("121005", "Observer Type");
    public static readonly Code Device = Dcm("121007", "Device");
    public static readonly Code DeviceUid = Dcm("121012", "Device Observer UID");
    public static readonly Code DeviceName = Dcm("121013", "Device Observer Name");
    public static readonly Code DeviceManufacturer = Dcm("121014", "Device Observer Manufacturer");
    public static readonly Code DeviceModel = Dcm("121015", "Device Observer Model Name");
    public static readonly Code DeviceSerial = Dcm("121016", "Device Observer Serial Number");
    public static readonly Code ProcedureReported = Dcm("121058", "Procedure reported");

    public static readonly Code ImageLibrary = Dcm("111028", "Image Library");
    public static readonly Code ImageLibraryGroup = Dcm("126200", "Image Library Group");
    public static readonly Code Modality = Dcm("121139", "Modality");
    public static readonly Code TargetRegion = Dcm("123014", "Target Region");
    public static readonly Code StudyDate = Dcm("111060", "Study Date");
    public static readonly Code FrameOfReference = Dcm("112227", "Frame of Reference UID");
    public static readonly Code Rows = Dcm("110910", "Pixel Data Rows");
    public static readonly Code Columns = Dcm("110911", "Pixel Data Columns");
    public static readonly Code HorizontalSpacing = Dcm("111026", "Horizontal Pixel Spacing");
    public static readonly Code VerticalSpacing = Dcm("111066", "Vertical Pixel Spacing");
    public static readonly Code SliceSpacing = Dcm("112226", "Spacing between slices");
    public static readonly Code SliceThickness = Dcm("112225", "Slice Thickness");
    public static readonly Code Pixels = new("{pixels}", "UCUM", "pixels");

    public static readonly Code Measurements = Dcm("126010", "Imaging Measurements");
    public static readonly Code Group = Dcm("125007", "Measurement Group");
    public static readonly Code TrackingId = Dcm("112039", "Tracking Identifier");
    public static readonly Code TrackingUid = Dcm("112040", "Tracking Unique Identifier");
    public static readonly Code Finding = Dcm("121071", "Finding");
    public static readonly Code FindingSite = new("363698007", "SCT", "Finding Site");
    public static readonly Code ReferencedSegment = Dcm("121191", "Referenced Segment");
    public static readonly Code SourceSeries = Dcm("121232", "Source series for segmentation");
    public static readonly Code Derivation = Dcm("121401", "Derivation");
    public static readonly Code Probability = Dcm("122157", "Probability");
    public static readonly Code AlgorithmName = Dcm("111001", "Algorithm Name");
    public static readonly Code AlgorithmVersion = Dcm("111003", "Algorithm Version");
    public static readonly Code AlgorithmParameters = Dcm("111002", "Algorithm Parameters");

    public static readonly Code Evaluations = new("C0034375", "UMLS", "Qualitative Evaluations");
    public static readonly Code Comment = Dcm("121106", "Comment");
    public static readonly Code MeasurementFailure = Dcm("114006", "Measurement failure");

    public static readonly Code RefusalReason = Own("REFUSAL-REASON", "Reason why not assessable");
    public static readonly Code RefusalCause = Own("REFUSAL-CAUSE", "Measured cause of the refusal");
    public static readonly Code IntervalLow = Own("CI95-LOWER", "Lower limit of the 95 % confidence interval");
    public static readonly Code IntervalHigh = Own("CI95-UPPER", "Upper limit of the 95 % confidence interval");
    public static readonly Code Uncertainty = Own("MEASUREMENT-SD", "Standard deviation of the measurement");

    private static Code Dcm(string value, string meaning) => new(value, "DCM", meaning);

    private static Code Own(string value, string meaning) => new(value, "99CLINSUITE", meaning);
}
