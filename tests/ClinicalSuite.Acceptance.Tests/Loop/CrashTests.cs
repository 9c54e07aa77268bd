using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>
/// kill -9 at random moments of intake, analysis and delivery, then a restart: nothing acknowledged is lost, and there is exactly
/// one set of results.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const string Scanner = "SCANNER";
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-crash-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_killed_appliance_keeps_what_it_acknowledged_and_makes_one_set_of_results()
    {
        var kills = IsFull ? 20 : 3;
        var seed = IsFull ? Environment.TickCount : 1;
        var random = new Random(seed);
        var files = Series();
        var undisturbed = await CampaignAsync("undisturbed", files, killAfter: null, killsChild: false);
        for (var kill = 0; kill < kills; kill++)
        {
            // One kill in each part of the time that a study takes, at a random moment of it, every other one at the analysis.
            var after = undisturbed * ((kill + random.NextDouble()) / kills);
            var killsChild = kill % 2 == 1;
            TestContext.Current.SendDiagnosticMessage(
                $"seed {seed}, kill {kill + 1} of {(killsChild ? "the analysis" : "the server")} after {after.TotalSeconds:0.00} s");
            await CampaignAsync($"kill {kill + 1} (seed {seed}, {after.TotalSeconds:0.00} s)", files, after, killsChild);
        }
    }

    [Fact]
    public async Task A_run_whose_process_dies_each_time_is_given_up_and_shown_and_the_server_goes_on()
    {
        await using var appliance = await StartAsync("poison", null);
        var acknowledged = new HashSet<string>();
        var files = Series();
        await SendAsync(appliance.DicomPort, files, acknowledged, CancellationToken.None);
        var study = StudyUid(files);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await appliance.UntilAsync(study, sheet => sheet.Runs is [{ State: RunState.Running } run] && run.Attempts == attempt
                && appliance.Children.Count > 0);
            Kill(appliance.Children.Single());
        }

        var ended = await appliance.UntilAsync(study, sheet => sheet.Standing == Standing.NeedsAttention);

        Assert.Equal((RunState.Poisoned, 3, "ATTEMPTS-USED-UP"), (ended.Runs[0].State, ended.Runs[0].Attempts, ended.Runs[0].Reason));
        Assert.Empty(ended.Evidence);
        var page = await appliance.PageAsync($"/studies/{study}");
        Assert.Contains("liver-vessels failed 3 times and is not tried again.", page, StringComparison.Ordinal);
        Assert.Contains("it was ended by signal 9", page, StringComparison.Ordinal);
        var (status, output) = await Dcmtk.RunAsync(
            "echoscu", "-aet", Scanner, "-aec", ServingAppliance.Title, "127.0.0.1", $"{appliance.DicomPort}");
        Assert.True(status == 0, output);
    }

    /// <returns>From the first object sent to the last result delivered.</returns>
    private async Task<TimeSpan> CampaignAsync(string name, IReadOnlyList<string> files, TimeSpan? killAfter, bool killsChild)
    {
        var home = folder.CreateSubdirectory(name.Replace(' ', '-'));
        await using var hospital = SimulatedHospital.Start(Path.Combine(home.FullName, "received"));
        var acknowledged = new HashSet<string>();
        var watch = Stopwatch.StartNew();
        await using (var appliance = await StartAsync(home.FullName, hospital))
        {
            watch.Restart();
            using var gone = new CancellationTokenSource();
            var sending = SendAsync(appliance.DicomPort, files, acknowledged, gone.Token);
            if (killAfter is not { } after)
            {
                await sending;
                await AssertOneSetAsync(appliance, hospital, files, acknowledged);
                return watch.Elapsed;
            }

            await Task.Delay(after);
            if (killsChild && appliance.Children is [var child])
            {
                Kill(child);
                await sending;
                await AssertOneSetAsync(appliance, hospital, files, acknowledged);
                return watch.Elapsed;
            }

            await appliance.KillAsync();
            await gone.CancelAsync();
            await sending;
        }

        await using var again = await StartAsync(home.FullName, hospital);
        await SendAsync(again.DicomPort, [.. files.Where(file => !acknowledged.Contains(Uid(file)))], acknowledged, CancellationToken.None);
        await AssertOneSetAsync(again, hospital, files, acknowledged);
        return watch.Elapsed;
    }

    private static async Task AssertOneSetAsync(
        ServingAppliance appliance, SimulatedHospital hospital, IReadOnlyList<string> files, HashSet<string> acknowledged)
    {
        Assert.Equal(files.Count, acknowledged.Count);
        var sheet = await appliance.UntilDeliveredAsync(StudyUid(files));
        var run = Assert.Single(sheet.Runs);
        Assert.Equal(RunState.Done, run.State);
        Assert.Equal(files.Count, run.Inputs.Single().InstanceIds.Count);
        Assert.All(sheet.Deliveries, delivery => Assert.Equal(
            (DeliveryState.Delivered, delivery.Kind == DeliveryKind.Oru ? DeliveryProof.Acknowledgement : DeliveryProof.Commitment),
            (delivery.State, delivery.Proof)));

        // A C-STORE or a message may come twice, when its answer was lost: the same object, never another one.
        var objects = sheet.Evidence.Where(e => e.SopInstanceUid.Length > 0).Select(e => e.SopInstanceUid).Order().ToList();
        Assert.Equal(5, objects.Count);
        Assert.Equal(objects, hospital.Objects.Select(Path.GetFileNameWithoutExtension).Distinct().Order());
        Assert.Single(hospital.Messages.Distinct());
        await AssertStoreAsync(appliance.Data, files);
    }

    private static async Task AssertStoreAsync(string data, IReadOnlyList<string> files)
    {
        var (status, output) = await Dcmtk.RunAsync(ServingAppliance.Program, "verify-store", "--data", data);
        Assert.True(status == 0, output);
        Assert.Contains($"{files.Count} instances verified, 0 damaged", output, StringComparison.Ordinal);
        var store = new StoreFolder(data);
        await using var journal = new IngestJournal(store.JournalDatabase);
        var kept = journal.After(0, int.MaxValue).ToDictionary(entry => entry.SopInstanceUid);
        foreach (var file in files)
        {
            DatasetBytes.AssertSame(file, store.Absolute(kept[Uid(file)].Path));
        }
    }

    private async Task<ServingAppliance> StartAsync(string home, SimulatedHospital? hospital)
    {
        // Long enough for a sender to come again after a crash, short enough for one that has sent everything.
        var settings = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(settings, """{ "quietSeconds": 10, "unidentified": "send" }""");
        string[] peers = hospital is null ? [] : ["--pacs", hospital.Pacs.Name, "--ris", hospital.Ris.Name];
        var appliance = await ServingAppliance.StartAsync(
            Path.Combine(folder.FullName, home, "data"), ["--settings", settings, "--accept", $"{Scanner}@127.0.0.1", .. peers]);
        if (hospital is not null)
        {
            hospital.Appliance = new DicomPeer(ServingAppliance.Title, "127.0.0.1", appliance.DicomPort);
        }

        return appliance;
    }

    /// <summary>Sends until all is acknowledged or the other side is gone.</summary>
    private static async Task SendAsync(
        int port, IReadOnlyList<string> files, HashSet<string> acknowledged, CancellationToken cancellation)
    {
        if (files.Count == 0)
        {
            return;
        }

        var objects = files.Select(StorageObject.Read).ToList();
        var opening = await DicomClient.OpenAsync(
            new DicomPeer(ServingAppliance.Title, "127.0.0.1", port), ContextProposal.For(objects),
            new DicomClientOptions { CallingAeTitle = Scanner }, cancellation);
        if (opening is not AssociationOpening.Opened { Client: var client })
        {
            return;
        }

        await using (client)
        {
            foreach (var item in objects)
            {
                if (await client.StoreAsync(item) is not SendOutcome.Answered { Status.IsSuccess: true })
                {
                    return;
                }

                acknowledged.Add(item.SopInstanceUid);
            }
        }
    }

    /// <summary>The real CT in a full run where it is at hand, else the small synthetic one.</summary>
    private List<string> Series()
    {
        var series = Path.Combine(folder.FullName, "series");
        if (IsFull && SharedData.Find("dicom/ct-abdomen-portal-119.zip") is { } real)
        {
            ZipFile.ExtractToDirectory(real, series);
            return [.. Directory.GetFiles(series, "*", SearchOption.AllDirectories).Order()];
        }

        return [.. new SmallAbdomen("1.2.826.0.1.3680043.8.498.2").Write(series)];
    }

    private static void Kill(int process)
    {
        using var kill = Process.Start("kill", ["-KILL", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static string StudyUid(IReadOnlyList<string> files) =>
        DicomFile.Open(files[0], DicomReadOptions.HeaderOnly).Dataset.GetString(DicomTag.StudyInstanceUID);

    private static string Uid(string file) => StorageObject.Read(file).SopInstanceUid;
}
