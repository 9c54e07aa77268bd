using System.Text.Json.Nodes;
using ClinicalSuite.Acceptance.Tests.Analyze;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Pixels;

/// <summary>A series whose slices come compressed, each in another syntax than its neighbours, is read as the plain one.</summary>
public sealed class CompressedSeriesTests(AnalyzedAbdomen abdomen) : IClassFixture<AnalyzedAbdomen>, IDisposable
{
    private static readonly DicomTransferSyntax[] Syntaxes =
    [
        DicomTransferSyntax.JPEG2000Lossless, DicomTransferSyntax.JPEGLSLossless, DicomTransferSyntax.JPEGLosslessSV1,
        DicomTransferSyntax.RLELossless,
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("compressed-series").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_compressed_series_yields_the_findings_and_labels_of_the_plain_one()
    {
        var images = Directory.CreateDirectory(Path.Combine(folder, "ct")).FullName;
        var files = Directory.GetFiles(abdomen.Images).Order(StringComparer.Ordinal).ToList();
        for (var index = 0; index < files.Count; index++)
        {
            var syntax = Syntaxes[index % Syntaxes.Length];
            var compressed = DicomPixelData.Encode(DicomFile.Open(files[index]).Dataset, syntax);
            DicomFile.Create(compressed, syntax).Save(Path.Combine(images, Path.GetFileName(files[index])));
        }

        var run = await CliProgram.RunAsync(
            "analyze", "liver-vessels", images, "--out", Path.Combine(folder, "out"), "--arrays", "--threads", "2");

        Assert.True(run.Status == 0, run.Errors);
        Assert.Equal(File.ReadAllBytes(abdomen.Result("labels.npy")), File.ReadAllBytes(Path.Combine(folder, "out", "labels.npy")));
        Assert.Equal(Findings(abdomen.Result("findings.json")), Findings(Path.Combine(folder, "out", "findings.json")));
    }

    private static string Findings(string path)
    {
        var findings = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        findings.Remove("timingsMs");
        return findings.ToJsonString();
    }
}
