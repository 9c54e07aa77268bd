using System.Text.Json;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Dicom;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Query;

/// <summary>The verbs dicom find, get and move against dcmqrscp, wlmscpfs and Orthanc, as processes.</summary>
public sealed class QueryPeersTests : IDisposable
{
    private const string StudyUid = "1.2.826.0.1.3680043.8.498.7";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clinicalsuite-query-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Dcmqrscp_is_queried_fetched_from_and_told_to_send()
    {
        var receiverPort = DcmtkServer.FreePort();
        var settings = At("qr.cfg");
        Directory.CreateDirectory(At("qr"));
        await using var receiver = await DcmtkServer.StartAsync(
            "storescp", port => ["-q", "-aet", "RECEIVER", "-od", Made("moved"), $"{receiverPort = port}"]);
        await using var archive = await DcmtkServer.StartAsync("dcmqrscp", port =>
        {
            File.WriteAllText(settings, $"""
                MaxPDUSize = 16384
                MaxAssociations = 16
                HostTable BEGIN
                receiver = (RECEIVER, 127.0.0.1, {receiverPort})
                HostTable END
                AETable BEGIN
                QR {At("qr")} RW (200, 1024mb) ANY
                AETable END
                """);
            return ["-c", settings, $"{port}"];
        });
        var peer = $"QR@127.0.0.1:{archive.Port}";
        await StoreAsync(peer, "Wang^XiaoDong=王^小东");

        var found = await ProgramRun.StartAsync("dicom", "find", peer, "-k", "PatientID=W1", "-k", "SpecificCharacterSet", "-k", "PatientName");
        Assert.True(found.Status == 0, found.Errors);
        Assert.Contains("Wang^XiaoDong=王^小东", found.Output, StringComparison.Ordinal);
        Assert.Contains(StudyUid, found.Output, StringComparison.Ordinal);

        var got = await ProgramRun.StartAsync("dicom", "get", peer, "-k", $"StudyInstanceUID={StudyUid}", "--out", At("got"));
        Assert.True(got.Status == 0, got.Errors);
        AssertSameImages(At("got"));

        var moved = await ProgramRun.StartAsync("dicom", "move", peer, "-k", $"StudyInstanceUID={StudyUid}", "--to", "RECEIVER");
        Assert.True(moved.Status == 0, moved.Errors);
        Assert.Equal(3, Directory.GetFiles(At("moved")).Length);
        moved = await ProgramRun.StartAsync("dicom", "move", peer, "-k", $"StudyInstanceUID={StudyUid}", "--to", "NOBODY");
        Assert.Equal(1, moved.Status);
        Assert.Contains("does not know the destination", moved.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worklist_of_wlmscpfs_shows_its_patient_in_chinese()
    {
        var list = Directory.CreateDirectory(At("worklists/WLAE")).FullName;
        await File.WriteAllTextAsync(Path.Combine(list, "lockfile"), "");
        DicomFile.Create(WorklistItem("王^小东", "GB18030")).Save(Path.Combine(list, "1.wl"));
        DicomFile.Create(WorklistItem("Yamada^Tarou=山田^太郎", "\\ISO 2022 IR 87")).Save(Path.Combine(list, "2.wl"));
        DicomFile.Create(WorklistItem("Hong^Gildong=洪^吉洞=홍^길동", "\\ISO 2022 IR 149")).Save(Path.Combine(list, "3.wl"));
        await using var worklist = await DcmtkServer.StartAsync("wlmscpfs", port => ["-dfp", At("worklists"), "-dfr", "-csk", $"{port}"]);
        var found = await ProgramRun.StartAsync("dicom", "find", $"WLAE@127.0.0.1:{worklist.Port}", "--worklist", "--json",
            "-k", "ScheduledProcedureStepSequence.Modality=CT");
        Assert.True(found.Status == 0, found.Errors);
        using var matches = JsonDocument.Parse(found.Output);
        var names = matches.RootElement.EnumerateArray()
            .Select(match => match.GetProperty("00100010").GetProperty("Value")[0])
            .Select(name => string.Join('=', name.EnumerateObject().Select(group => group.Value.GetString()))).Order(StringComparer.Ordinal);
        Assert.Equal(["Hong^Gildong=洪^吉洞=홍^길동", "Yamada^Tarou=山田^太郎", "王^小东"], names);
        Assert.All(matches.RootElement.EnumerateArray(), match => Assert.Equal("CT", match.GetProperty("00400100")
            .GetProperty("Value")[0].GetProperty("00080060").GetProperty("Value")[0].GetString()));
        found = await ProgramRun.StartAsync("dicom", "find", $"WLAE@127.0.0.1:{worklist.Port}", "--worklist",
            "-k", "ScheduledProcedureStepSequence.Modality=MR");
        Assert.Equal(0, found.Status);
        Assert.Empty(found.Output);
    }

    [Fact]
    public async Task Orthanc_is_stored_to_found_in_fetched_from_and_told_to_send_and_finds_and_moves_from_us()
    {
        await using var orthanc = await Orthanc.StartAsync(At("orthanc"));
        await using var appliance = await ServingAppliance.StartAsync(
            At("data"), "--accept", "ORTHANC", "--accept", "CLINICALSUITE", "--destination", orthanc.Destination);
        await orthanc.AddAsync(new OrthancPeer(ServingAppliance.Title, appliance.DicomPort));
        await StoreAsync(orthanc.Destination, "Wang^XiaoDong=王^小东");

        var found = await ProgramRun.StartAsync("dicom", "find", orthanc.Destination, "-k", "PatientName=*王*", "-k", "PatientID");
        Assert.True(found.Status == 0, found.Errors);
        Assert.Contains("Wang^XiaoDong=王^小东", found.Output, StringComparison.Ordinal);
        var got = await ProgramRun.StartAsync("dicom", "get", orthanc.Destination, "-k", $"StudyInstanceUID={StudyUid}", "--out", At("got"));
        Assert.True(got.Status == 0, got.Errors);
        AssertSameImages(At("got"));
        var moved = await ProgramRun.StartAsync(
            "dicom", "move", orthanc.Destination, "-k", $"StudyInstanceUID={StudyUid}", "--to", ServingAppliance.Title);
        Assert.True(moved.Status == 0, moved.Errors);

        // Now the appliance has the study: it is found at once, and Orthanc asks for it in turn.
        var self = $"{ServingAppliance.Title}@127.0.0.1:{appliance.DicomPort}";
        found = await ProgramRun.StartAsync("dicom", "find", self, "-k", "PatientName=wang^xiao*");
        Assert.Contains(StudyUid, found.Output, StringComparison.Ordinal);
        await orthanc.EmptyAsync();
        Assert.Null(await orthanc.FindAsync($"{StudyUid}.1.1"));
        var (query, answers) = await orthanc.QueryAsync(ServingAppliance.Title, "Study", new() { ["PatientName"] = "王*" });
        Assert.Equal([StudyUid], answers.Select(answer => answer.GetProperty("StudyInstanceUID").GetString()));
        await orthanc.RetrieveAsync(query);
        Assert.NotNull(await orthanc.FindAsync($"{StudyUid}.1.1"));
        Assert.NotNull(await orthanc.FindAsync($"{StudyUid}.1.3"));
    }

    private static DicomDataset WorklistItem(string name, string characterSet) => new DicomDataset()
        .AddOrUpdate(DicomTag.SpecificCharacterSet, characterSet.Split('\\'))
        .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.ModalityWorklistInformationModelFind)
        .AddOrUpdate(DicomTag.SOPInstanceUID, StudyUid + ".2")
        .AddOrUpdate(DicomTag.AccessionNumber, "A1")
        .AddOrUpdate(DicomTag.PatientName, name)
        .AddOrUpdate(DicomTag.PatientID, "W1")
        .AddOrUpdate(DicomTag.StudyInstanceUID, StudyUid)
        .AddOrUpdate(DicomTag.RequestedProcedureID, "R1")
        .AddOrUpdate(DicomTag.RequestedProcedureDescription, "CT abdomen")
        .AddOrUpdate(DicomTag.ScheduledProcedureStepSequence, new DicomDataset()
            .AddOrUpdate(DicomTag.Modality, "CT")
            .AddOrUpdate(DicomTag.ScheduledStationAETitle, "CT1")
            .AddOrUpdate(DicomTag.ScheduledProcedureStepStartDate, "20260101")
            .AddOrUpdate(DicomTag.ScheduledProcedureStepStartTime, "101500")
            .AddOrUpdate(DicomTag.ScheduledProcedureStepDescription, "CT abdomen")
            .AddOrUpdate(DicomTag.ScheduledProcedureStepID, "S1"));

    private async Task StoreAsync(string peer, string name)
    {
        for (var i = 1; i <= 3; i++)
        {
            DicomFile.Create(new DicomDataset()
                .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
                .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
                .AddOrUpdate(DicomTag.SOPInstanceUID, $"{StudyUid}.1.{i}")
                .AddOrUpdate(DicomTag.StudyInstanceUID, StudyUid)
                .AddOrUpdate(DicomTag.SeriesInstanceUID, StudyUid + ".1")
                .AddOrUpdate(DicomTag.StudyDate, "20260101").AddOrUpdate(DicomTag.StudyTime, "101500")
                .AddOrUpdate(DicomTag.AccessionNumber, "A1").AddOrUpdate(DicomTag.StudyID, "1")
                .AddOrUpdate(DicomTag.Modality, "CT").AddOrUpdate(DicomTag.SeriesNumber, 1)
                .AddOrUpdate(DicomTag.InstanceNumber, i)
                .AddOrUpdate(DicomTag.PatientName, name).AddOrUpdate(DicomTag.PatientID, "W1")
                .AddOrUpdate(DicomTag.Rows, 16).AddOrUpdate(DicomTag.Columns, 16)
                .AddOrUpdate(DicomTag.SamplesPerPixel, 1).AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME2")
                .AddOrUpdate(DicomTag.BitsAllocated, 16).AddOrUpdate(DicomTag.BitsStored, 16).AddOrUpdate(DicomTag.HighBit, 15)
                .AddOrUpdate(DicomTag.PixelRepresentation, 0)
                .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, [.. Enumerable.Repeat((byte)i, 512)]))
                .Save(Path.Combine(Made("series"), $"{i}.dcm"));
        }

        var sent = await ProgramRun.StartAsync("dicom", "send", peer, At("series"));
        Assert.True(sent.Status == 0, sent.Errors);
    }

    private void AssertSameImages(string received)
    {
        Assert.Equal(3, Directory.GetFiles(received).Length);
        for (var i = 1; i <= 3; i++)
        {
            var (sent, got) = (DicomFile.Open(At($"series/{i}.dcm")).Dataset, DicomFile.Open(Path.Combine(received, $"{StudyUid}.1.{i}.dcm")).Dataset);
            Assert.Equal(sent.GetBytes(DicomTag.PixelData), got.GetBytes(DicomTag.PixelData));
            Assert.Equal(sent.GetString(DicomTag.PatientName), got.GetString(DicomTag.PatientName));
        }
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string Made(string name) => Directory.CreateDirectory(At(name)).FullName;
}
