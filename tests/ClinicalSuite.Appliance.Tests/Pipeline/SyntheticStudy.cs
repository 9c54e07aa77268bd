using ClinicalSuite.Dicom;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Appliance.Tests.Pipeline;

/// <summary>A CT study of 16 x 16 pixel slices, 5 mm apart, as a scanner would send it.</summary>
internal sealed record SyntheticStudy(string Uid, string PatientId = "P1")
{
    public string SeriesUid => Uid + ".1";

    /// <summary>Slice n lies at 5 n mm and has n in its first pixel.</summary>
    public DicomDataset Slice(int n)
    {
        var pixels = new byte[16 * 16 * 2];
        for (var i = 40; i < 200; i++)
        {
            BitConverter.TryWriteBytes(pixels.AsSpan(i * 2), (short)1100);
        }

        BitConverter.TryWriteBytes(pixels, (short)n);
        return new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
            .AddOrUpdate(DicomTag.SOPInstanceUID, $"{SeriesUid}.{n + 1}")
            .AddOrUpdate(DicomTag.StudyInstanceUID, Uid)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, SeriesUid)
            .AddOrUpdate(DicomTag.FrameOfReferenceUID, Uid + ".9")
            .AddOrUpdate(DicomTag.Modality, "CT")
            .AddOrUpdate(DicomTag.PatientID, PatientId)
            .AddOrUpdate(DicomTag.PatientName, "Test^Patient")
            .AddOrUpdate(DicomTag.StudyDate, "20260102")
            .AddOrUpdate(DicomTag.StudyTime, "101112")
            .AddOrUpdate(DicomTag.AccessionNumber, "A1")
            .AddOrUpdate(DicomTag.SeriesNumber, "3")
            .AddOrUpdate(DicomTag.InstanceNumber, $"{n + 1}")
            .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
            .AddOrUpdate(DicomTag.ImagePositionPatient, 0.0, 0.0, 5.0 * n)
            .AddOrUpdate(DicomTag.ImageOrientationPatient, 1.0, 0, 0, 0, 1, 0)
            .AddOrUpdate(DicomTag.PixelSpacing, 2.0, 2.0)
            .AddOrUpdate(DicomTag.SliceThickness, 5.0)
            .AddOrUpdate(DicomTag.SamplesPerPixel, 1)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .AddOrUpdate(DicomTag.Rows, 16)
            .AddOrUpdate(DicomTag.Columns, 16)
            .AddOrUpdate(DicomTag.BitsAllocated, 16)
            .AddOrUpdate(DicomTag.BitsStored, 12)
            .AddOrUpdate(DicomTag.HighBit, 11)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(DicomTag.RescaleIntercept, -1024.0)
            .AddOrUpdate(DicomTag.RescaleSlope, 1.0)
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, pixels);
    }

    public static async Task<StoreOutcome> SendAsync(InstanceArchive archive, DicomDataset dataset, string association)
    {
        using var header = new MemoryStream();
        var syntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        var (sopClass, sopInstance) = (dataset.GetString(DicomTag.SOPClassUID), dataset.GetString(DicomTag.SOPInstanceUID));
        DicomFileMeta.Write(header, sopClass, sopInstance, syntax, "SCANNER");
        using var body = new MemoryStream();
        DicomFile.WriteDataset(dataset, body, syntax);
        body.Position = 0;
        var received = new ReceivedInstance
        {
            SopInstanceUid = sopInstance,
            SopClassUid = sopClass,
            TransferSyntaxUid = syntax.Uid,
            AssociationId = association,
            FileHeader = header.ToArray(),
        };
        return await archive.StoreAsync(received, body, CancellationToken.None);
    }
}
