using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Evidence.Sr;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Sc;

/// <summary>A picture as colour Secondary Capture (PS3.3 A.8.1): what every viewer shows, and no viewer may measure in.</summary>
public static class SecondaryCaptureWriter
{
    private static readonly Code SourceImage = new("121322", "DCM", "Source image for image processing operation");
    private static readonly Code ImageProcessing = new("110001", "DCM", "Image Processing");

    /// <param name="picture">The key figure, drawn; it carries the research-use line and may carry text.</param>
    /// <param name="title">What it shows; goes to DerivationDescription and SeriesDescription.</param>
    public static DicomDataset Write(EvidenceContext context, RgbImage picture, string title)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(picture);
        var pixels = (long)picture.Columns * picture.Rows * 3;
        if (picture.Columns is < 1 or > ushort.MaxValue || picture.Rows is < 1 or > ushort.MaxValue
            || pixels != picture.Pixels.LongLength)
        {
            throw new ArgumentException(
                $"{picture.Pixels.LongLength} bytes for {picture.Columns} x {picture.Rows} pixels", nameof(picture));
        }

        var target = ObjectHeader.Create(context, ObjectSeries.SecondaryCapture, title);
        target
            .AddOrUpdate(DicomTag.ImageType, "DERIVED", "SECONDARY")
            .AddOrUpdate(DicomTag.ConversionType, "WSD")
            .AddOrUpdate(DicomTag.DerivationDescription, ObjectHeader.Shorten(title, 1024))
            .AddOrUpdate(DicomTag.SourceImageSequence, [.. SourceImages(context)])
            .AddOrUpdate(DicomTag.DerivationCodeSequence, ImageProcessing.ToItem())
            .AddOrUpdate(DicomTag.BodyPartExamined, context.Analysis.Description.BodyPart)
            .AddOrUpdate(DicomTag.DateOfSecondaryCapture, ObjectHeader.Date(context))
            .AddOrUpdate(DicomTag.TimeOfSecondaryCapture, ObjectHeader.Time(context))
            .AddOrUpdate(DicomTag.SecondaryCaptureDeviceManufacturer, context.Device.Manufacturer)
            .AddOrUpdate(DicomTag.SecondaryCaptureDeviceManufacturerModelName, context.Device.Model)
            .AddOrUpdate(DicomTag.SecondaryCaptureDeviceSoftwareVersions, context.Device.SoftwareVersion)
            .AddOrUpdate(DicomTag.PatientOrientation)
            .AddOrUpdate(DicomTag.ImageComments, "Not for measurement. Research use; not clinically validated.")
            .AddOrUpdate(DicomTag.SamplesPerPixel, 3)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "RGB")
            .AddOrUpdate(DicomTag.PlanarConfiguration, 0)
            .AddOrUpdate(DicomTag.Rows, picture.Rows)
            .AddOrUpdate(DicomTag.Columns, picture.Columns)
            .AddOrUpdate(DicomTag.BitsAllocated, 8)
            .AddOrUpdate(DicomTag.BitsStored, 8)
            .AddOrUpdate(DicomTag.HighBit, 7)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(DicomTag.BurnedInAnnotation, "YES")
            .AddOrUpdate(DicomTag.RecognizableVisualFeatures, "NO")
            .AddOrUpdate(DicomTag.LossyImageCompression, "00")
            .AddOrUpdate(DicomVR.OB, DicomTag.PixelData, Padded(picture.Pixels));
        ObjectHeader.DeclarePrivateCodes(target);
        return target;
    }

    private static IEnumerable<DicomDataset> SourceImages(EvidenceContext context) =>
        ReportEvidence.InstancesOf(context.Principal).Select(instance =>
            DatasetItems.SopReference(instance.SopClassUid, instance.SopInstanceUid)
                .AddOrUpdate(DicomTag.PurposeOfReferenceCodeSequence, SourceImage.ToItem()));

    private static byte[] Padded(byte[] pixels)
    {
        if ((pixels.Length & 1) == 0)
        {
            return pixels;
        }

        var padded = new byte[pixels.Length + 1];
        pixels.CopyTo(padded, 0);
        return padded;
    }
}
