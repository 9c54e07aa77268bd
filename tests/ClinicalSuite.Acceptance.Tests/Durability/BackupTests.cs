using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Durability;

/// <summary>A backup of an appliance that is at work, the loss of its disk, and the restore.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-backup-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_backup_taken_while_storing_restores_to_a_clean_store_whose_runs_and_deliveries_resume()
    {
        var received = Path.Combine(folder.FullName, "received");
        await using var hospital = SimulatedHospital.Start(received);
        var abdomen = new SmallAbdomen("1.2.826.0.1.3680043.8.498.4");
        var files = abdomen.Write(Path.Combine(folder.FullName, "abdomen"));
        var sent = new SentObjects(folder.CreateSubdirectory("sent").FullName, pixelBytes: 60_000);
        var (data, backup, restored) = (Path.Combine(folder.FullName, "data"), Path.Combine(folder.FullName, "backup"), Path.Combine(folder.FullName, "restored"));
        await using (var appliance = await StartAsync(data, hospital))
        {
            await SendAsync(appliance.DicomPort, files);
            var storing = sent.SendAsync(appliance.DicomPort, 2, 150);
            await RunAsync("backup", "--data", data, "--to", backup);
            await storing;
            await RunAsync("backup", "--data", data, "--to", backup + "-2", "--previous", backup);
            await appliance.KillAsync();
        }

        Directory.Delete(data, recursive: true);
        Assert.Contains("0 damaged", await RunAsync("restore", "--from", backup, "--data", restored), StringComparison.Ordinal);
        await using (var again = await StartAsync(restored, hospital))
        {
            var sheet = await again.UntilDeliveredAsync(abdomen.StudyUid);
            Assert.Equal(SmallAbdomen.Slices, sheet.Study.InstanceCount);
            Assert.Equal(RunState.Done, Assert.Single(sheet.Runs).State);
            Assert.Equal(5, hospital.Objects.Select(Path.GetFileNameWithoutExtension).Distinct().Count());
            await sent.SendAsync(again.DicomPort, 1, 2);
        }

        Assert.Contains("0 damaged", await RunAsync("verify-store", "--data", restored), StringComparison.Ordinal);

        // The second one is whole too, and holds all that was acknowledged before it.
        await RunAsync("restore", "--from", backup + "-2", "--data", restored + "-2");
        var verified = await RunAsync("verify-store", "--data", restored + "-2");
        Assert.StartsWith($"{files.Count + 300} instances verified, 0 damaged", verified, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_is_not_whole_is_not_restored_and_a_folder_in_use_is_not_written_to()
    {
        var half = folder.CreateSubdirectory("half").FullName;
        await File.WriteAllTextAsync(Path.Combine(half, "journal.db"), "", TestContext.Current.CancellationToken);
        var (status, output) = await Dcmtk.RunAsync(
            ServingAppliance.Program, "restore", "--from", half, "--data", Path.Combine(folder.FullName, "new"));
        Assert.Equal(1, status);
        Assert.Contains("holds no whole backup", output, StringComparison.Ordinal);
        (status, output) = await Dcmtk.RunAsync(ServingAppliance.Program, "backup", "--data", half, "--to", folder.FullName);
        Assert.Equal(1, status);
        Assert.Contains("is not empty", output, StringComparison.Ordinal);
    }

    private async Task<ServingAppliance> StartAsync(string data, SimulatedHospital hospital)
    {
        var settings = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(settings, """{ "unidentified": "send" }""");
        var appliance = await ServingAppliance.StartAsync(
            data, "--settings", settings, "--accept", $"{SentObjects.Sender}@127.0.0.1",
            "--pacs", hospital.Pacs.Name, "--ris", hospital.Ris.Name);
        hospital.Appliance = new DicomPeer(ServingAppliance.Title, "127.0.0.1", appliance.DicomPort);
        return appliance;
    }

    private static async Task<string> RunAsync(params string[] words)
    {
        var (status, output) = await Dcmtk.RunAsync(ServingAppliance.Program, words);
        Assert.True(status == 0, output);
        return string.Join('\n', output.Split('\n').Where(line => !line.Contains(" %  ", StringComparison.Ordinal)));
    }

    private static async Task SendAsync(int port, IReadOnlyList<string> files)
    {
        var objects = files.Select(StorageObject.Read).ToList();
        var opening = await DicomClient.OpenAsync(
            new DicomPeer(ServingAppliance.Title, "127.0.0.1", port), ContextProposal.For(objects),
            new DicomClientOptions { CallingAeTitle = SentObjects.Sender }, CancellationToken.None);
        await using var client = Assert.IsType<AssociationOpening.Opened>(opening).Client;
        foreach (var item in objects)
        {
            Assert.True(Assert.IsType<SendOutcome.Answered>(await client.StoreAsync(item)).Status.IsSuccess);
        }
    }
}
