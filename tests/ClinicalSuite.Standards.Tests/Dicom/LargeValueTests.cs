using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

public sealed class LargeValueTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("large-values");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Opening_a_series_takes_memory_for_its_headers_only()
    {
        const int Slices = 40;
        var paths = Enumerable.Range(0, Slices).Select(Write).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var files = paths.ConvertAll(path => DicomFile.Open(path));
        var opened = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(opened < Slices * 64 * 1024, $"{opened} bytes for {Slices} headers");
        for (var slice = 0; slice < Slices; slice++)
        {
            Assert.Equal(slice, DicomPixelData.Create(files[slice]).GetFrame(0)[0]);
        }
    }

    [Fact]
    public void A_file_may_be_saved_over_itself()
    {
        var path = Write(7);
        var file = DicomFile.Open(path);
        file.Dataset.AddOrUpdate(DicomTag.PatientComments, "longer than before");

        file.Save(path);

        Assert.Equal(7, DicomPixelData.Create(file).GetFrame(0)[0]);
        Assert.Equal(7, DicomPixelData.Create(DicomFile.Open(path)).GetFrame(0)[0]);
        Assert.Equal([Path.GetFileName(path)], folder.GetFiles().Select(entry => entry.Name));
    }

    [Fact]
    public void A_file_that_changed_after_it_was_opened_is_noticed()
    {
        var path = Write(1);
        var file = DicomFile.Open(path);
        File.AppendAllText(path, "more");

        var refusal = Assert.Throws<DicomFormatException>(() => file.Dataset.GetBytes(DicomTag.PixelData));

        Assert.Equal(Path.GetFullPath(path), refusal.File);
    }

    [Fact]
    public void Header_only_reading_stops_before_pixel_data()
    {
        var file = DicomFile.Open(Write(2), DicomReadOptions.HeaderOnly);

        Assert.False(file.Dataset.Contains(DicomTag.PixelData));
        Assert.Equal(512, file.Dataset.GetInt(DicomTag.Rows));
    }

    [Fact]
    public void A_meta_header_followed_by_a_data_set_is_a_file()
    {
        var dataset = DicomFileTests.Sample();
        using var stream = new MemoryStream();
        DicomFileMeta.Write(
            stream, DicomUID.CTImageStorage, "1.2.3", DicomTransferSyntax.ImplicitVRLittleEndian, "SENDER");
        DicomFile.WriteDataset(dataset, stream, DicomTransferSyntax.ImplicitVRLittleEndian);

        var file = DicomFile.Open(stream.ToArray());

        Assert.Empty(file.Remarks);
        Assert.Equal("SENDER", file.FileMetaInformation.GetString(DicomTag.SourceApplicationEntityTitle));
        Assert.Equal("1.2.3", file.FileMetaInformation.GetString(DicomTag.MediaStorageSOPInstanceUID));
        Assert.Equal(dataset.GetString(DicomTag.PatientName), file.Dataset.GetString(DicomTag.PatientName));
    }

    private string Write(int slice)
    {
        var pixels = new byte[512 * 512 * 2];
        pixels[0] = (byte)slice;
        var path = Path.Combine(folder.FullName, $"{slice}.dcm");
        DicomFile.Create(PixelTests.Image(512, 512, 1, 16, false, 1, pixels)).Save(path);
        return path;
    }
}
