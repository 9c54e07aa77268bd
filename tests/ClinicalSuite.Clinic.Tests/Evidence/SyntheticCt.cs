using System.Buffers.Binary;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Clinic.Tests.Evidence;

/// <summary>
/// A small CT series as files: a body with a liver and two vessels. 93 x 89 pixels are 8277 bits, so that frames of a segmentation end
/// within a byte.
/// </summary>
internal sealed record SyntheticCt
{
    public const int Columns = 93;
    public const int Rows = 89;
    public const int Slices = 12;

    public string CharacterSet { get; init; } = "ISO_IR 192";

    public string PatientName { get; init; } = "Wang^Xiaodong=王^小东";

    public string PatientId { get; init; } = "P0001";

    public bool HasFrameOfReference { get; init; } = true;

    public string StudyDescription { get; init; } = "腹部增强";

    /// <summary>Changes one slice before it is written; the index is its place along the patient.</summary>
    public Action<int, DicomDataset>? Change { get; init; }

    /// <summary>0 outside, 1 liver without vessels, 2 portal vein, 3 hepatic vein.</summary>
    public static byte LabelAt(int column, int row, int slice)
    {
        var (x, y, z) = (column - 32.0, row - 42.0, slice - 6.0);
        if (((x / 22) * (x / 22)) + ((y / 20) * (y / 20)) + ((z / 5.2) * (z / 5.2)) >= 1)
        {
            return 0;
        }

        if ((y * y) + (z * z * 4) < 9)
        {
            return 2;
        }

        return (x * x) + ((y + 10) * (y + 10)) < 6 && slice > 5 ? (byte)3 : (byte)1;
    }

    public static short HounsfieldAt(int column, int row, int slice) => LabelAt(column, row, slice) switch
    {
        1 => 105,
        2 => 175,
        3 => 165,
        _ => (short)(Math.Pow((column - 46) / 42.0, 2) + Math.Pow((row - 44) / 32.0, 2) < 1 ? 40 : -1000),
    };

    public IReadOnlyList<string> WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        for (var slice = 0; slice < Slices; slice++)
        {
            // Named against the order of positions: a reader must sort by geometry.
            var path = Path.Combine(folder, $"image{(slice * 7) % Slices:00}.dcm");
            var dataset = Slice(slice);
            Change?.Invoke(slice, dataset);
            DicomFile.Create(dataset).Save(path);
            paths.Add(path);
        }

        return paths;
    }

    /// <summary>One slice before <see cref="Change"/>.</summary>
    public DicomDataset Slice(int slice)
    {
        var study = DicomUID.FromSeed("synthetic study " + CharacterSet + PatientName + PatientId);
        var dataset = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, CharacterSet)
            .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, DicomUID.FromSeed($"{study} {slice}"))
            .AddOrUpdate(DicomTag.StudyInstanceUID, study)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, DicomUID.FromSeed(study + " series"))
            .AddOrUpdate(DicomTag.StudyDate, "20260102")
            .AddOrUpdate(DicomTag.StudyTime, "093000")
            .AddOrUpdate(DicomTag.AcquisitionTime, "093445.5")
            .AddOrUpdate(DicomTag.ContrastBolusStartTime, "093335")
            .AddOrUpdate(DicomTag.ContrastBolusAgent, "Iohexol 350")
            .AddOrUpdate(DicomTag.AccessionNumber, "A0001")
            .AddOrUpdate(DicomTag.StudyID, "S1")
            .AddOrUpdate(DicomTag.StudyDescription, StudyDescription)
            .AddOrUpdate(DicomTag.ReferringPhysicianName, "Li^Wei")
            .AddOrUpdate(DicomTag.PatientName, PatientName)
            .AddOrUpdate(DicomTag.PatientID, PatientId)
            .AddOrUpdate(DicomTag.PatientBirthDate, "19700101")
            .AddOrUpdate(DicomTag.PatientSex, "M")
            .AddOrUpdate(DicomTag.PatientSize, 1.75)
            .AddOrUpdate(DicomTag.Modality, "CT")
            .AddOrUpdate(DicomTag.SeriesNumber, 2)
            .AddOrUpdate(DicomTag.InstanceNumber, Slices - slice)
            .AddOrUpdate(DicomTag.BodyPartExamined, "ABDOMEN")
            .AddOrUpdate(DicomTag.ImagePositionPatient, -171.3, -165.9, (5.0 * slice) - 47.5)
            .AddOrUpdate(DicomTag.ImageOrientationPatient, 1, 0, 0, 0, 1, 0)
            .AddOrUpdate(DicomTag.PixelSpacing, 3.9, 3.75)
            .AddOrUpdate(DicomTag.SliceThickness, 5.0)
            .AddOrUpdate(DicomTag.SamplesPerPixel, 1)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .AddOrUpdate(DicomTag.Rows, Rows)
            .AddOrUpdate(DicomTag.Columns, Columns)
            .AddOrUpdate(DicomTag.BitsAllocated, 16)
            .AddOrUpdate(DicomTag.BitsStored, 12)
            .AddOrUpdate(DicomTag.HighBit, 11)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(DicomTag.RescaleIntercept, -1024)
            .AddOrUpdate(DicomTag.RescaleSlope, 1)
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, Pixels(slice));
        return HasFrameOfReference
            ? dataset.AddOrUpdate(DicomTag.FrameOfReferenceUID, DicomUID.FromSeed(study + " frame"))
            : dataset;
    }

    private static byte[] Pixels(int slice)
    {
        var bytes = new byte[Rows * Columns * 2];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(
                    bytes.AsSpan(((row * Columns) + column) * 2), (ushort)(HounsfieldAt(column, row, slice) + 1024));
            }
        }

        return bytes;
    }
}
