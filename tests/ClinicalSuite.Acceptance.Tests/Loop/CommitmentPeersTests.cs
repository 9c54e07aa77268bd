using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>Storage commitment with Orthanc in both roles.</summary>
public sealed class CommitmentPeersTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-commitment-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Orthanc_commits_to_the_results_and_asks_us_to_keep_the_images()
    {
        await using var pacs = await Orthanc.StartAsync(At("orthanc"));
        await using var appliance = await ServingAppliance.StartAsync(
            At("data"), "--accept", "MODALITY@127.0.0.1", "--accept", "ORTHANC@127.0.0.1", "--pacs", pacs.Destination);
        await pacs.AddAsync(new OrthancPeer(ServingAppliance.Title, appliance.DicomPort), allowsCommitment: true);
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.2");
        var files = study.Write(At("series"));
        var (status, output) = await Dcmtk.RunAsync("storescu", [
            "-aet", "MODALITY", "-aec", ServingAppliance.Title, "127.0.0.1", $"{appliance.DicomPort}", .. files]);
        Assert.True(status == 0, output);

        var sheet = await appliance.UntilDeliveredAsync(study.StudyUid);

        Assert.All(sheet.Deliveries, delivery => Assert.Equal(DeliveryProof.Commitment, delivery.Proof));
        Assert.Contains(sheet.Events, line => line.Text == $"It is proved that {pacs.Destination} has {sheet.Deliveries.Count} objects.");
        Assert.Contains("proved: storage commitment", await appliance.PageAsync($"/studies/{study.StudyUid}"), StringComparison.Ordinal);

        var images = Directory.GetFiles(At("series")).Select(path => Dicom.DicomFile.Open(path).Dataset).ToList();
        var kept = images.Select(image => (
            image.GetString(Dicom.DicomTag.SOPClassUID), image.GetString(Dicom.DicomTag.SOPInstanceUID))).ToList();
        var report = await pacs.RequestCommitmentAsync(
            ServingAppliance.Title, [.. kept, ("1.2.840.10008.5.1.4.1.1.2", "1.2.826.0.1.3680043.8.498.999")]);

        Assert.Equal(kept.Select(image => image.Item2).Order(), report.Success.Order());
        Assert.Equal([("1.2.826.0.1.3680043.8.498.999", 274)], report.Failures);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
