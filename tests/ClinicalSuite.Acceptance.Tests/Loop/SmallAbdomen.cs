using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Images;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>
/// A synthetic abdomen of few voxels that the analysis reads in seconds: fat, muscle, spine, lungs, a liver with a tree of vessels.
/// Ellipsoids and straight tubes; 96 x 96 pixels of 3 mm, 26 slices 3.75 mm apart.
/// </summary>
internal sealed record SmallAbdomen(string StudyUid)
{
    public const int Slices = 26;
    private const int Size = 96;
    /// <summary>A small person makes a small volume.</summary>
    private const double Scale = 0.75;
    private const double PixelMm = 3;
    private const double SliceMm = 3.75;

    /// <summary>Ends of the tubes, before scaling, in mm from the middle of the body, right negative, back positive, head positive; radius.</summary>
    private static readonly (double[] From, double[] To, double Radius)[] Tubes =
    [
        ([-20, 10, 30], [-70, 0, 50], 7),
        ([-70, 0, 50], [-115, -10, 75], 5.5),
        ([-70, 0, 50], [-110, 15, 30], 5.5),
        ([-70, 0, 50], [-75, -50, 45], 5.5),
        ([-40, 30, 95], [-95, 25, 60], 6),
        ([-40, 30, 95], [-60, -35, 75], 6),
    ];

    public string PatientId { get; init; } = "P1";

    /// <summary>Alphabetic=Ideographic.</summary>
    public string PatientName { get; init; } = "Synthetic^Abdomen";

    public string CharacterSet { get; init; } = "ISO_IR 192";

    public string Modality { get; init; } = "CT";

    public string SeriesUid => StudyUid + ".1";

    public string InstanceUid(int slice) => $"{SeriesUid}.{slice + 1}";

    /// <summary>Writes the slices (all by default) as a scanner would, one file each, and gives their paths.</summary>
    public IReadOnlyList<string> Write(string folder, IEnumerable<int>? slices = null)
    {
        Directory.CreateDirectory(folder);
        return [.. (slices ?? Enumerable.Range(0, Slices)).Select(slice =>
        {
            var path = Path.Combine(folder, $"{StudyUid}-{slice:000}.dcm");
            DicomFile.Create(Slice(slice)).Save(path);
            return path;
        })];
    }

    private DicomDataset Slice(int slice) => new DicomDataset()
        .AddOrUpdate(DicomTag.SpecificCharacterSet, CharacterSet)
        .AddOrUpdate(DicomTag.SOPClassUID, Modality == "CT" ? DicomUID.CTImageStorage : DicomUID.MRImageStorage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, InstanceUid(slice))
        .AddOrUpdate(DicomTag.StudyInstanceUID, StudyUid)
        .AddOrUpdate(DicomTag.SeriesInstanceUID, SeriesUid)
        .AddOrUpdate(DicomTag.FrameOfReferenceUID, StudyUid + ".9")
        .AddOrUpdate(DicomTag.Modality, Modality)
        .AddOrUpdate(DicomTag.Manufacturer, "Synthetic test data")
        .AddOrUpdate(DicomTag.ImageComments, SyntheticStudy.Remark)
        .AddOrUpdate(DicomTag.PatientID, PatientId)
        .AddOrUpdate(DicomTag.PatientName, PatientName)
        .AddOrUpdate(DicomTag.PatientBirthDate, "19700101")
        .AddOrUpdate(DicomTag.PatientSex, "O")
        .AddOrUpdate(DicomTag.StudyDate, "20260102")
        .AddOrUpdate(DicomTag.StudyTime, "101112")
        .AddOrUpdate(DicomTag.StudyID, "1")
        .AddOrUpdate(DicomTag.AccessionNumber, "A1")
        .AddOrUpdate(DicomTag.ReferringPhysicianName, "")
        .AddOrUpdate(DicomTag.SeriesNumber, "3")
        .AddOrUpdate(DicomTag.InstanceNumber, $"{slice + 1}")
        .AddOrUpdate(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
        .AddOrUpdate(DicomTag.ImagePositionPatient, -Size / 2 * PixelMm, -Size / 2 * PixelMm, SliceMm * slice)
        .AddOrUpdate(DicomTag.ImageOrientationPatient, 1.0, 0, 0, 0, 1, 0)
        .AddOrUpdate(DicomTag.PixelSpacing, PixelMm, PixelMm)
        .AddOrUpdate(DicomTag.SliceThickness, SliceMm)
        .AddOrUpdate(DicomTag.SamplesPerPixel, 1)
        .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
        .AddOrUpdate(DicomTag.Rows, Size)
        .AddOrUpdate(DicomTag.Columns, Size)
        .AddOrUpdate(DicomTag.BitsAllocated, 16)
        .AddOrUpdate(DicomTag.BitsStored, 16)
        .AddOrUpdate(DicomTag.HighBit, 15)
        .AddOrUpdate(DicomTag.PixelRepresentation, 1)
        .AddOrUpdate(DicomTag.RescaleIntercept, 0.0)
        .AddOrUpdate(DicomTag.RescaleSlope, 1.0)
        .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, Pixels(slice));

    private static byte[] Pixels(int slice)
    {
        var random = new Random(slice);
        var pixels = new byte[Size * Size * 2];
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                var hu = Hu((column - (Size / 2)) * PixelMm / Scale, (row - (Size / 2)) * PixelMm / Scale, slice * SliceMm / Scale);
                // The sum of four uniform numbers is near enough to a normal one: standard deviation 8 HU.
                var noise = (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * 13.9;
                BitConverter.TryWriteBytes(pixels.AsSpan(((row * Size) + column) * 2), (short)Math.Round(hu + noise));
            }
        }

        return pixels;
    }

    private static double Hu(double x, double y, double z)
    {
        var body = Ellipse(x / 165, y / 115, 0);
        if (body > 1)
        {
            return -1000;
        }

        if (body > 0.8)
        {
            return -100;
        }

        if (Ellipse(x / 20, (y - 75) / 20, 0) < 1)
        {
            return 400;
        }

        if (Ellipse((x + 65) / 75, y / 70, (z - 55) / 50) < 1)
        {
            return Tubes.Any(tube => Distance(tube.From, tube.To, x, y, z) < tube.Radius) ? 190 : 110;
        }

        var isLung = z > 70 && Math.Abs(x) > 20 && Ellipse((Math.Abs(x) - 75) / 60, y / 80, 0) < 1;
        return isLung ? -850 : 45;
    }

    private static double Ellipse(double x, double y, double z) => (x * x) + (y * y) + (z * z);

    /// <summary>From a point to a line between two others.</summary>
    private static double Distance(double[] from, double[] to, double x, double y, double z)
    {
        double[] along = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
        double[] offset = [x - from[0], y - from[1], z - from[2]];
        var share = Math.Clamp(Dot(offset, along) / Dot(along, along), 0, 1);
        double[] rest = [offset[0] - (share * along[0]), offset[1] - (share * along[1]), offset[2] - (share * along[2])];
        return Math.Sqrt(Dot(rest, rest));
    }

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
}
