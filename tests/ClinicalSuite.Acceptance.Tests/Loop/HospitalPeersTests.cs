using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>dcmtk as the modality, Orthanc as the PACS, python3-hl7 as the RIS, and a patient named 王^小东 in GB18030.</summary>
public sealed class HospitalPeersTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-peers-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Chinese_name_and_all_contents_arrive_unharmed_at_real_peers()
    {
        await using var pacs = await Orthanc.StartAsync(At("orthanc"));
        await using var ris = await PythonRis.StartAsync();
        await using var appliance = await ServingAppliance.StartAsync(
            At("data"), "--accept", "MODALITY@127.0.0.1", "--pacs", pacs.Destination, "--ris", ris.Destination);
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.1")
        {
            PatientName = "Wang^XiaoDong=王^小东",
            CharacterSet = "GB18030",
        };
        var files = study.Write(At("series"));
        Assert.Contains("CDF55ED0A1B6AB", Convert.ToHexString(await File.ReadAllBytesAsync(files[0])), StringComparison.Ordinal);

        var (status, output) = await Dcmtk.RunAsync("storescu", [
            "-aet", "MODALITY", "-aec", ServingAppliance.Title, "127.0.0.1", $"{appliance.DicomPort}", .. files]);

        Assert.True(status == 0, output);
        var sheet = await appliance.UntilDeliveredAsync(study.StudyUid);
        var message = await ris.NextAsync();
        Assert.Equal("王^小东~Wang^XiaoDong", message[1]);
        await AssertReportNamesAsync(sheet, appliance.Data);
        var objects = sheet.Evidence.Where(e => e.SopInstanceUid.Length > 0).ToList();
        Assert.Equal(
            [EvidenceKind.SegmentationParts, EvidenceKind.SegmentationWhole, EvidenceKind.StructuredReport,
                EvidenceKind.SecondaryCapture, EvidenceKind.EncapsulatedPdf],
            objects.Select(e => e.Kind));
        foreach (var evidence in objects)
        {
            var id = await pacs.FindAsync(evidence.SopInstanceUid);
            Assert.NotNull(id);
            Assert.Equal("Wang^XiaoDong=王^小东", await pacs.PatientNameAsync(id));
            var served = At(evidence.FileName);
            await File.WriteAllBytesAsync(served, await pacs.FileAsync(id));
            DatasetBytes.AssertSame(Path.Combine(appliance.Data, evidence.Path), served);
        }
    }

    private static async Task AssertReportNamesAsync(StudySheet sheet, string data)
    {
        var report = Path.Combine(data, sheet.Evidence.Single(e => e.Kind == EvidenceKind.Pdf).Path);
        var (status, text) = await Dcmtk.RunAsync("pdftotext", "-enc", "UTF-8", report, "-");
        Assert.Equal(0, status);
        Assert.Contains("王小东", text, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
