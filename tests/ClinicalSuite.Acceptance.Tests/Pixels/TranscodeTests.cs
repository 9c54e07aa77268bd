using System.IO.Compression;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Pixels;

/// <summary><c>clinicalsuite dicom transcode</c> as a process.</summary>
public sealed class TranscodeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("transcode").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Images_go_through_every_syntax_and_back()
    {
        Save("in/grey.dcm", SampleImages.Make(isColour: false, frames: 3));
        Save("in/deep/colour.dcm", SampleImages.Make(isColour: true));
        var from = In("in");
        foreach (var (name, syntax) in new[]
        {
            ("rle", DicomTransferSyntax.RLELossless), ("jpeg-lossless", DicomTransferSyntax.JPEGLosslessSV1),
            ("jpeg-ls", DicomTransferSyntax.JPEGLSLossless), ("jpeg-2000", DicomTransferSyntax.JPEG2000Lossless),
            ("deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian), ("explicit", DicomTransferSyntax.ExplicitVRLittleEndian),
        })
        {
            var run = await CliProgram.RunAsync(
                "dicom", "transcode", from, "--out", In(name), "--syntax", name, "--offset-table", "extended");

            Assert.True(run.Status == 0, run.Errors);
            Assert.Contains($"2 objects written in {syntax}, 0 refused", run.Output, StringComparison.Ordinal);
            Assert.Equal(syntax, DicomFile.Open(Path.Combine(In(name), "grey.dcm")).TransferSyntax);
            from = In(name);
        }

        foreach (var file in new[] { "grey.dcm", "deep/colour.dcm" })
        {
            var before = DicomFile.Open(Path.Combine(In("in"), file)).Dataset;
            var after = DicomFile.Open(Path.Combine(In("explicit"), file)).Dataset;
            Assert.Equal(before.Select(element => element.Tag), after.Select(element => element.Tag));
            Assert.Equal(before.GetBytes(DicomTag.PixelData).ToArray(), after.GetBytes(DicomTag.PixelData).ToArray());
            Assert.Equal(before.GetString(DicomTag.PhotometricInterpretation), after.GetString(DicomTag.PhotometricInterpretation));
        }
    }

    [Fact]
    public async Task What_cannot_be_transcoded_is_refused_by_file_tag_and_reason_and_the_rest_is_written()
    {
        Save("in/good.dcm", SampleImages.Make(isColour: false));
        var film = SampleImages.Make(isColour: false).AddOrUpdate(new DicomFragmentSequence(
            DicomTag.PixelData, DicomVR.OB, [new DicomFragment(new byte[] { 1, 2, 3, 4 })]));
        Save("in/film.dcm", film, DicomTransferSyntax.Of(DicomUID.HEVCMP51));
        await File.WriteAllTextAsync(In("in/notes.txt"), "no DICOM", TestContext.Current.CancellationToken);

        var run = await CliProgram.RunAsync("dicom", "transcode", In("in"), "--out", In("out"), "--syntax", "jpeg-2000");

        Assert.Equal(3, run.Status);
        Assert.Contains("1 objects written", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"film\.dcm: \(7FE0,0010\).*no decoder for .*HEVC", run.Errors);
        Assert.Contains("notes.txt: passed over", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["good.dcm"], Directory.GetFiles(In("out")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_archive_cannot_write_outside_the_folder()
    {
        Save("a.dcm", SampleImages.Make(isColour: false));
        using (var archive = ZipFile.Open(In("in.zip"), ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(In("a.dcm"), "../../escaped.dcm");
        }

        var run = await CliProgram.RunAsync("dicom", "transcode", In("in.zip"), "--out", In("box/out"), "--syntax", "rle");

        Assert.True(run.Status == 0, run.Errors);
        Assert.True(File.Exists(In("box/out/escaped.dcm")));
    }

    [Fact]
    public async Task Words_that_cannot_be_meant_are_usage_errors()
    {
        Save("a.dcm", SampleImages.Make(isColour: false));

        var lossy = await CliProgram.RunAsync("dicom", "transcode", In("a.dcm"), "--out", In("out"), "--syntax", DicomUID.JPEGBaseline8Bit);
        var itself = await CliProgram.RunAsync("dicom", "transcode", In("a.dcm"), "--out", folder, "--syntax", "rle");

        Assert.Equal(2, lossy.Status);
        Assert.Contains("JPEG Baseline", lossy.Errors, StringComparison.Ordinal);
        Assert.Equal(3, itself.Status);
        Assert.Contains("over itself", itself.Errors, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(folder, name);

    private void Save(string name, DicomDataset dataset, DicomTransferSyntax? syntax = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        DicomFile.Create(dataset, syntax).Save(In(name));
    }
}
