using System.Buffers.Binary;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Pdf;
using ClinicalSuite.Imaging;

namespace ClinicalSuite.Evidence.Images;

/// <summary>A volume of HU as a series of CT images (PS3.3 A.3), one a slice, stored as scanners do: 12 bits, unsigned, HU + 1024.</summary>
public static class CtImageWriter
{
    private const int LowestHu = -1024;
    private const int HighestStored = 4095;

    // A scan of the portal phase: this long after the injection has begun.
    private const string InjectionTime = "100000";
    private const string AcquisitionTime = "100110";

    /// <summary>The image of one slice. Instance numbers run from head to feet, as in most scans of the abdomen.</summary>
    /// <param name="description">SeriesDescription.</param>
    /// <param name="contrast">An agent is named; else the element is empty.</param>
    /// <exception cref="ArgumentException">Slices that are not perpendicular to their step.</exception>
    public static DicomDataset Write(SyntheticStudy study, string description, Volume<short> volume, int slice, bool contrast)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(volume);
        var target = new DicomDataset().AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        var number = volume.Geometry.Slices - slice;
        AddPatientAndStudy(target, study);
        AddSeries(target, study, description, number);
        AddAcquisition(target, contrast);
        AddPlane(target, volume.Geometry, slice);
        AddPixels(target, volume, slice);
        return target;
    }

    private static void AddPatientAndStudy(DicomDataset target, SyntheticStudy study) => target
        .AddOrUpdate(DicomTag.PatientName, study.PatientName)
        .AddOrUpdate(DicomTag.PatientID, study.PatientId)
        .AddOrUpdate(DicomTag.PatientBirthDate)
        .AddOrUpdate(DicomTag.PatientSex, "O")
        .AddOrUpdate(DicomTag.PatientComments, SyntheticStudy.Remark)
        .AddOrUpdate(DicomTag.StudyInstanceUID, study.StudyUid)
        .AddOrUpdate(DicomTag.StudyDate, SyntheticStudy.Date)
        .AddOrUpdate(DicomTag.StudyTime, InjectionTime)
        .AddOrUpdate(DicomTag.StudyID, "1")
        .AddOrUpdate(DicomTag.StudyDescription, "Synthetic phantom")
        .AddOrUpdate(DicomTag.AccessionNumber)
        .AddOrUpdate(DicomTag.ReferringPhysicianName);

    private static void AddSeries(DicomDataset target, SyntheticStudy study, string description, int number) => target
        .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, study.InstanceUid(number))
        .AddOrUpdate(DicomTag.SeriesInstanceUID, study.SeriesUid)
        .AddOrUpdate(DicomTag.FrameOfReferenceUID, study.FrameOfReferenceUid)
        .AddOrUpdate(DicomTag.PositionReferenceIndicator)
        .AddOrUpdate(DicomTag.Modality, "CT")
        .AddOrUpdate(DicomTag.SeriesNumber, 1)
        .AddOrUpdate(DicomTag.SeriesDate, SyntheticStudy.Date)
        .AddOrUpdate(DicomTag.SeriesTime, AcquisitionTime)
        .AddOrUpdate(DicomTag.SeriesDescription, description)
        .AddOrUpdate(DicomTag.BodyPartExamined, "ABDOMEN")
        .AddOrUpdate(DicomTag.PatientPosition, "HFS")
        .AddOrUpdate(DicomTag.InstanceNumber, number)
        .AddOrUpdate(DicomTag.ImageComments, SyntheticStudy.Remark)
        .AddOrUpdate(DicomVR.CS, SourceStatements.SyntheticData, "YES")
        .AddOrUpdate(DicomTag.QualityControlImage, "YES")
        .AddOrUpdate(DicomTag.Manufacturer, "ClinicalSuite")
        .AddOrUpdate(DicomTag.ManufacturerModelName, "Simulator")
        .AddOrUpdate(DicomTag.InstitutionName, "Synthetic data");

    private static void AddAcquisition(DicomDataset target, bool contrast)
    {
        target
            .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
            .AddOrUpdate(DicomTag.AcquisitionNumber, 1)
            .AddOrUpdate(DicomTag.AcquisitionDate, SyntheticStudy.Date)
            .AddOrUpdate(DicomTag.AcquisitionTime, AcquisitionTime)
            .AddOrUpdate(DicomTag.ContentDate, SyntheticStudy.Date)
            .AddOrUpdate(DicomTag.ContentTime, AcquisitionTime)
            .AddOrUpdate(DicomTag.KVP, 120.0)
            .AddOrUpdate(DicomTag.ConvolutionKernel, "SIMULATED SOFT");
        if (contrast)
        {
            target
                .AddOrUpdate(DicomTag.ContrastBolusAgent, "Simulated iodine")
                .AddOrUpdate(DicomTag.ContrastBolusStartTime, InjectionTime);
        }
    }

    private static void AddPlane(DicomDataset target, VolumeGeometry geometry, int slice)
    {
        var (along, down) = (geometry.ColumnStep.Normalized(), geometry.RowStep.Normalized());
        if (along.Cross(down).Cross(geometry.SliceStep).Length > 1e-6 * geometry.SliceSpacingMm)
        {
            throw new ArgumentException("the slices are not perpendicular to their step", nameof(geometry));
        }

        var position = geometry.ToPatient(0, 0, slice);
        target
            .AddOrUpdate(DicomTag.ImagePositionPatient, position.X, position.Y, position.Z)
            .AddOrUpdate(DicomTag.ImageOrientationPatient, along.X, along.Y, along.Z, down.X, down.Y, down.Z)
            .AddOrUpdate(DicomTag.PixelSpacing, geometry.RowSpacingMm, geometry.ColumnSpacingMm)
            .AddOrUpdate(DicomTag.SliceThickness, geometry.SliceSpacingMm)
            .AddOrUpdate(DicomTag.SpacingBetweenSlices, geometry.SliceSpacingMm)
            .AddOrUpdate(DicomTag.SliceLocation, position.Z);
    }

    private static void AddPixels(DicomDataset target, Volume<short> volume, int slice)
    {
        var hounsfield = volume.Slice(slice);
        var stored = new byte[hounsfield.Length * 2];
        for (var i = 0; i < hounsfield.Length; i++)
        {
            var value = (ushort)Math.Clamp(hounsfield[i] - LowestHu, 0, HighestStored);
            BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(2 * i), value);
        }

        target
            .AddOrUpdate(DicomTag.SamplesPerPixel, 1)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .AddOrUpdate(DicomTag.Rows, volume.Geometry.Rows)
            .AddOrUpdate(DicomTag.Columns, volume.Geometry.Columns)
            .AddOrUpdate(DicomTag.BitsAllocated, 16)
            .AddOrUpdate(DicomTag.BitsStored, 12)
            .AddOrUpdate(DicomTag.HighBit, 11)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(DicomTag.RescaleIntercept, LowestHu)
            .AddOrUpdate(DicomTag.RescaleSlope, 1)
            .AddOrUpdate(DicomTag.RescaleType, "HU")
            .AddOrUpdate(DicomTag.WindowCenter, 80)
            .AddOrUpdate(DicomTag.WindowWidth, 350)
            .AddOrUpdate(DicomTag.BurnedInAnnotation, "NO")
            .AddOrUpdate(DicomTag.LossyImageCompression, "00")
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, stored);
    }
}
