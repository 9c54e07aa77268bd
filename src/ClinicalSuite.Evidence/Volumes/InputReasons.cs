using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Why input is refused (values of REFUSAL-REASON; at most 16 characters each).</summary>
public static class InputReasons
{
    public static readonly Code NotDicom = Own("NOT-DICOM", "Not a DICOM file");
    public static readonly Code Unreadable = Own("UNREADABLE", "Damaged DICOM file");
    public static readonly Code UnreadableFile = Own("UNREADABLE-FILE", "Damaged file");
    public static readonly Code Truncated = Own("TRUNCATED", "Pixel data shorter than the image");
    public static readonly Code PixelFormat = Own("PIXEL-FORMAT", "Pixel format not supported");
    public static readonly Code NoInput = Own("NO-INPUT", "Nothing to read");
    public static readonly Code TooLarge = Own("TOO-LARGE", "Input exceeds a limit");
    public static readonly Code NotAnImage = Own("NOT-AN-IMAGE", "Series holds no images");
    public static readonly Code Localizer = Own("LOCALIZER", "Series holds only localizers");
    public static readonly Code TooFewSlices = Own("TOO-FEW-SLICES", "Too few slices for a volume");
    public static readonly Code NoGeometry = Own("NO-GEOMETRY", "Position, orientation or pixel spacing missing");
    public static readonly Code SliceGap = Own("SLICE-GAP", "Slices missing or unevenly spaced");
    public static readonly Code DuplicatePosition = Own("DUPLICATE-POS", "Several slices at one position");
    public static readonly Code MixedOrientation = Own("MIXED-ORIENT", "Slices of several orientations");
    public static readonly Code MixedSize = Own("MIXED-SIZE", "Slices of several sizes or pixel spacings");
    public static readonly Code GantryTilt = Own("GANTRY-TILT", "Slices sheared by gantry tilt");
    public static readonly Code SameInstance = Own("SAME-INSTANCE", "The same instance again");
    public static readonly Code BadValues = Own("BAD-VALUES", "Laboratory values cannot be read");
    public static readonly Code BadLabels = Own("BAD-LABELS", "Segmentation cannot be used");

    private static Code Own(string value, string meaning) => new(value, "99CLINSUITE", meaning);
}
