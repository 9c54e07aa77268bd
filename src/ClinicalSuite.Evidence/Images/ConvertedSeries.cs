using ClinicalSuite.Dicom;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Images;

/// <summary>CT images (PS3.3 A.3) made from an array: derived, secondary, and saying so.</summary>
/// <param name="lender">Lends patient, study and frame of reference; null: all of them are unknown, and no identity is invented.</param>
/// <param name="seed">What the UIDs derive from.</param>
internal sealed class ConvertedSeries(DicomDataset? lender, string seed, VolumeGeometry grid, StoredHounsfield stored)
{
    private const string Unidentified = "UNIDENTIFIED";

    public DicomDataset Image(ReadOnlySpan<float> values, int slice)
    {
        var target = new DicomDataset().AddOrUpdate(DicomTag.SpecificCharacterSet, CharacterSet());
        CopiedAttributes.Copy(lender ?? new DicomDataset(), target);
        if (lender is null)
        {
            target.AddOrUpdate(DicomTag.StudyID, Unidentified).AddOrUpdate(DicomTag.StudyDescription, Unidentified);
        }

        AddNames(target, slice);
        AddPlane(target, slice);
        return target
            .AddOrUpdate(DicomTag.SamplesPerPixel, 1)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .AddOrUpdate(DicomTag.Rows, grid.Rows)
            .AddOrUpdate(DicomTag.Columns, grid.Columns)
            .AddOrUpdate(DicomTag.BitsAllocated, 16)
            .AddOrUpdate(DicomTag.BitsStored, 16)
            .AddOrUpdate(DicomTag.HighBit, 15)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(DicomTag.RescaleIntercept, stored.Intercept)
            .AddOrUpdate(DicomTag.RescaleSlope, stored.Slope)
            .AddOrUpdate(DicomTag.RescaleType, "HU")
            .AddOrUpdate(DicomTag.LossyImageCompression, "00")
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, stored.Encode(values));
    }

    private string[] CharacterSet() =>
        ObjectHeader.WritableCharacterSet(lender?.GetStrings(DicomTag.SpecificCharacterSet) ?? []);

    private void AddNames(DicomDataset target, int slice)
    {
        var study = lender?.GetStringOrEmpty(DicomTag.StudyInstanceUID) ?? DicomUID.FromSeed($"study of array {seed}");
        var frame = lender?.GetStringOrEmpty(DicomTag.FrameOfReferenceUID) is { Length: > 0 } own
            ? own
            : DicomUID.FromSeed($"frame of reference of array {seed}");
        target
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, DicomUID.FromSeed($"image {slice} of array {seed}"))
            .AddOrUpdate(DicomTag.StudyInstanceUID, study)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, DicomUID.FromSeed($"series of array {seed}"))
            .AddOrUpdate(DicomTag.FrameOfReferenceUID, frame)
            .AddOrUpdate(DicomTag.PositionReferenceIndicator)
            .AddOrUpdate(DicomTag.PatientPosition)
            .AddOrUpdate(DicomTag.Laterality)
            .AddOrUpdate(DicomTag.Modality, "CT")
            .AddOrUpdate(DicomTag.SeriesNumber, 9000)
            .AddOrUpdate(DicomTag.SeriesDescription, "Converted from an array")
            .AddOrUpdate(DicomTag.InstanceNumber, slice + 1)
            .AddOrUpdate(DicomTag.Manufacturer, "ClinicalSuite")
            .AddOrUpdate(DicomTag.ManufacturerModelName, "Array conversion")
            .AddOrUpdate(DicomTag.ImageType, "DERIVED", "SECONDARY", "AXIAL")
            .AddOrUpdate(DicomTag.DerivationDescription, "Array of HU as DICOM images; research use; not clinically validated")
            .AddOrUpdate(DicomTag.AcquisitionNumber)
            .AddOrUpdate(DicomTag.KVP);
    }

    private void AddPlane(DicomDataset target, int slice)
    {
        var (along, down) = (grid.ColumnStep.Normalized(), grid.RowStep.Normalized());
        var position = grid.ToPatient(0, 0, slice);
        target
            .AddOrUpdate(DicomTag.ImagePositionPatient, position.X, position.Y, position.Z)
            .AddOrUpdate(DicomTag.ImageOrientationPatient, along.X, along.Y, along.Z, down.X, down.Y, down.Z)
            .AddOrUpdate(DicomTag.PixelSpacing, grid.RowSpacingMm, grid.ColumnSpacingMm)
            .AddOrUpdate(DicomTag.SliceThickness, grid.SliceSpacingMm)
            .AddOrUpdate(DicomTag.SpacingBetweenSlices, grid.SliceSpacingMm);
    }
}
