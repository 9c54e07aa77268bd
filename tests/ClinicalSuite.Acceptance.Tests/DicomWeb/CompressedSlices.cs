using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.DicomWeb;

/// <summary>One small CT series of which each slice is in another transfer syntax, of a patient named 王^小东 in GB18030.</summary>
internal sealed class CompressedSlices(string studyUid)
{
    public const string PatientName = "Wang^XiaoDong=王^小东";
    public const int Size = 24;

    public static IReadOnlyList<DicomTransferSyntax> Syntaxes { get; } =
    [
        DicomTransferSyntax.ExplicitVRLittleEndian,
        DicomTransferSyntax.ImplicitVRLittleEndian,
        DicomTransferSyntax.RLELossless,
        DicomTransferSyntax.JPEGLosslessSV1,
        DicomTransferSyntax.JPEGLSLossless,
        DicomTransferSyntax.JPEG2000Lossless,
    ];

    public string StudyUid { get; } = studyUid;

    public string SeriesUid => StudyUid + ".1";

    /// <summary>Of the slice in that place of <see cref="Syntaxes"/>.</summary>
    public string InstanceUid(int slice) => $"{SeriesUid}.{slice + 1}";

    /// <summary>Writes a file for each syntax.</summary>
    public IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        return [.. Syntaxes.Select((syntax, slice) =>
        {
            var path = Path.Combine(folder, $"{InstanceUid(slice)}.dcm");
            var dataset = syntax.IsEncapsulated ? DicomPixelData.Encode(Slice(slice), syntax) : Slice(slice);
            DicomFile.Create(dataset, syntax).Save(path);
            return path;
        })];
    }

    /// <summary>Two frames of 16 bits each, as they are before any compression.</summary>
    public DicomDataset Slice(int slice) => new DicomDataset()
        .AddOrUpdate(DicomTag.SpecificCharacterSet, "GB18030")
        .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.MultiFrameGrayscaleWordSecondaryCaptureImageStorage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, InstanceUid(slice))
        .AddOrUpdate(DicomTag.StudyInstanceUID, StudyUid).AddOrUpdate(DicomTag.SeriesInstanceUID, SeriesUid)
        .AddOrUpdate(DicomTag.PatientName, PatientName).AddOrUpdate(DicomTag.PatientID, "W1")
        .AddOrUpdate(DicomTag.PatientBirthDate, "19700101").AddOrUpdate(DicomTag.PatientSex, "F")
        .AddOrUpdate(DicomTag.StudyDate, "20260102").AddOrUpdate(DicomTag.StudyTime, "101112")
        .AddOrUpdate(DicomTag.AccessionNumber, "A1").AddOrUpdate(DicomTag.StudyID, "1")
        .AddOrUpdate(DicomTag.StudyDescription, "腹部增强")
        .AddOrUpdate(DicomTag.Modality, "CT").AddOrUpdate(DicomTag.SeriesNumber, 1)
        .AddOrUpdate(DicomTag.InstanceNumber, slice + 1)
        .AddOrUpdate(DicomTag.RequestAttributesSequence, new DicomDataset()
            .AddOrUpdate(DicomTag.RequestedProcedureID, "R1").AddOrUpdate(DicomTag.ScheduledProcedureStepID, "S1"))
        .AddOrUpdate(DicomTag.NumberOfFrames, "2")
        .AddOrUpdate(DicomTag.SamplesPerPixel, 1).AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
        .AddOrUpdate(DicomTag.Rows, Size).AddOrUpdate(DicomTag.Columns, Size)
        .AddOrUpdate(DicomTag.BitsAllocated, 16).AddOrUpdate(DicomTag.BitsStored, 16).AddOrUpdate(DicomTag.HighBit, 15)
        .AddOrUpdate(DicomTag.PixelRepresentation, 0)
        .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, Pixels(slice));

    /// <summary>Everything that was said of a slice, and every pixel of it, is in a data set that came back in whatever syntax.</summary>
    public void AssertSame(int slice, DicomFile came)
    {
        var dataset = came.TransferSyntax.IsEncapsulated ? DicomPixelData.Decode(came.Dataset, came.TransferSyntax) : came.Dataset;
        Assert.Equal(Lines(Slice(slice)), Lines(dataset));
    }

    private static List<string> Lines(DicomDataset dataset) => [.. dataset.SelectMany(element =>
        element is DicomSequence sequence
            ? sequence.Items.SelectMany(Lines).Select(line => $"{element.Tag} {line}")
            : [element.VR.Code[0] == 'O'
                ? $"{element.Tag} {Convert.ToHexString(dataset.GetBytes(element.Tag).Span)}"
                : $"{element.Tag} {element.VR} {string.Join('\\', dataset.GetStrings(element.Tag))}"])];

    private static byte[] Pixels(int slice)
    {
        var random = new Random(slice);
        var pixels = new byte[2 * Size * Size * 2];
        for (var i = 0; i < pixels.Length / 2; i++)
        {
            BitConverter.TryWriteBytes(pixels.AsSpan(2 * i), (ushort)((i * 37 % 5000) + random.Next(60)));
        }

        return pixels;
    }
}
