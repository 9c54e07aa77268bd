using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

public class DicomFileTests
{
    public static TheoryData<string> Syntaxes => new(
        DicomUID.ImplicitVRLittleEndian, DicomUID.ExplicitVRLittleEndian, DicomUID.DeflatedExplicitVRLittleEndian);

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void What_is_written_is_read_back(string syntax)
    {
        var dataset = Sample();
        using var stream = new MemoryStream();
        DicomFile.Create(dataset, DicomTransferSyntax.Of(syntax)).Save(stream);

        var file = DicomFile.Open(stream.ToArray());

        Assert.Equal(syntax, file.TransferSyntax.Uid);
        Assert.Empty(file.Remarks);
        Assert.Equal("Wang^XiaoDong=王^小东", file.Dataset.GetString(DicomTag.PatientName));
        Assert.Equal([0.742999970912933, 1.6], file.Dataset.GetDoubles(DicomTag.PixelSpacing), Within);
        Assert.Equal(2, file.Dataset.GetInt(DicomTag.Rows));
        Assert.Equal("1.2.3", file.Dataset.GetSequence(DicomTag.ReferencedSeriesSequence)[0]
            .GetSequence(DicomTag.ReferencedSOPSequence)[1].GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], DicomPixelData.Create(file.Dataset).GetFrame(0).ToArray());
        Assert.Equal(DicomTag.PatientName, file.Dataset.GetTags(DicomTag.FrameIncrementPointer)[0]);
    }

    internal static DicomDataset Sample() => new DicomDataset()
        .AddOrUpdate(DicomTag.FrameIncrementPointer, DicomTag.PatientName)
        .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
        .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, DicomUID.FromSeed("image"))
        .AddOrUpdate(DicomTag.PatientName, "Wang^XiaoDong=王^小东")
        .AddOrUpdate(DicomTag.PatientID)
        .AddOrUpdate(DicomTag.PixelSpacing, 0.742999970912933, 1.6)
        .AddOrUpdate(DicomTag.Rows, 2)
        .AddOrUpdate(DicomTag.Columns, 2)
        .AddOrUpdate(DicomTag.BitsAllocated, 16)
        .AddOrUpdate(DicomTag.ReferencedSeriesSequence, new DicomDataset().AddOrUpdate(
            DicomTag.ReferencedSOPSequence,
            new DicomDataset(),
            new DicomDataset().AddOrUpdate(DicomTag.ReferencedSOPInstanceUID, "1.2.3")))
        .AddOrUpdate(DicomTag.PixelData, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });

    private static bool Within(double expected, double actual) => Math.Abs(expected - actual) < 1e-13;
}
