using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Pdf;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Documents;

public sealed class EncapsulatedPdfTests
{
    private static readonly ObjectReference Made = new("2.25.7", "2.25.8", DicomUID.Comprehensive3DSRStorage, "2.25.9");

    [Theory]
    [InlineData(DocumentLanguage.English)]
    [InlineData(DocumentLanguage.Chinese)]
    public void The_object_is_free_of_errors_and_gives_the_document_back(DocumentLanguage language)
    {
        var pdf = ReportPdf.Write(SampleRun.Context(language), SampleRun.Completed());
        var dataset = EncapsulatedPdfWriter.Write(SampleRun.Context(language), pdf, [Made]);
        using var stream = new MemoryStream();
        DicomFile.Create(dataset).Save(stream);
        var path = Peer.Keep($"pdf-{language}.dcm", stream.ToArray());

        var read = DicomFile.Open(path).Dataset;
        Assert.Equal("DOC", read.GetString(DicomTag.Modality));
        Assert.True(read.TryGetInt(DicomTag.EncapsulatedDocumentLength, out var length));
        Assert.Equal(pdf, read.GetBytes(DicomTag.EncapsulatedDocument)[..length].ToArray());
        Assert.Equal(0, read.GetBytes(DicomTag.EncapsulatedDocument).Length % 2);
        Assert.Equal(120, read.GetSequence(DicomTag.SourceInstanceSequence).Count);

        var (_, output) = Peer.Run("dciodvfy", path);
        Assert.DoesNotContain("Error", output, StringComparison.Ordinal);
        Assert.Contains("EncapsulatedPDF", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_toolkit_extracts_the_same_document()
    {
        var pdf = ReportPdf.Write(SampleRun.Context(), SampleRun.Completed());
        using var stream = new MemoryStream();
        DicomFile.Create(EncapsulatedPdfWriter.Write(SampleRun.Context(), pdf, [Made])).Save(stream);
        var path = Peer.Keep("pdf-extract.dcm", stream.ToArray());
        var (status, output) = Peer.Run("dcm2pdf", path, path + ".pdf");
        Assert.True(status == 0, output);
        Assert.Equal(pdf, File.ReadAllBytes(path + ".pdf").AsSpan(0, pdf.Length).ToArray());
    }
}
